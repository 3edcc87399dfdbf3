package dev.ibid.testing;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Word documents whose archive costs its reader far more than its size. */
public final class ZipBombs {

    private static final int ENTRY = 46;
    private static final int END = 22;

    private ZipBombs() {}

    /** Archives within archives, {@code depth} deep, in a document that embeds them. */
    public static byte[] nested(int depth) {
        byte[] inner = SampleFiles.zip("zeros", new byte[1 << 20]);
        for (int level = 1; level < depth; level++) {
            inner = SampleFiles.zip("level" + level + ".zip", inner);
        }
        return SampleFiles.withPart(SampleFiles.docx("Text."), "word/embeddings/42.zip", inner);
    }

    /** A document that embeds a copy of itself. */
    public static byte[] selfEmbedding() {
        byte[] whole = SampleFiles.docx("Text.");
        return SampleFiles.withPart(whole, "word/embeddings/self.docx", whole);
    }

    /** Many entries that all stand for the same packed bytes. */
    public static byte[] overlapping(int entries) {
        byte[] zip =
                SampleFiles.withPart(SampleFiles.docx("x"), "word/media/z", new byte[10 << 20]);
        ByteBuffer in = ByteBuffer.wrap(zip).order(ByteOrder.LITTLE_ENDIAN);
        int end = zip.length - END;
        int directory = in.getInt(end + 16);
        int last = lastEntry(in, directory, end);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(zip, 0, end);
        for (int each = 0; each < entries; each++) {
            out.writeBytes(renamed(Arrays.copyOfRange(zip, last, end), each));
        }
        int directorySize = out.size() - directory;
        ByteBuffer tail = ByteBuffer.wrap(zip, end, END).slice().order(ByteOrder.LITTLE_ENDIAN);
        short count = (short) (tail.getShort(10) + entries);
        tail.putShort(8, count).putShort(10, count).putInt(12, directorySize);
        out.write(zip, end, END);
        return out.toByteArray();
    }

    private static int lastEntry(ByteBuffer in, int directory, int end) {
        int last = directory;
        for (int at = directory; at < end; ) {
            last = at;
            at += ENTRY + in.getShort(at + 28) + in.getShort(at + 30) + in.getShort(at + 32);
        }
        return last;
    }

    /** The name grows by five digits, and the entry with it. */
    private static byte[] renamed(byte[] entry, int number) {
        ByteBuffer fields = ByteBuffer.wrap(entry).order(ByteOrder.LITTLE_ENDIAN);
        int length = fields.getShort(28);
        fields.putShort(28, (short) (length + 5));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(entry, 0, ENTRY + length);
        out.writeBytes(String.format("%05d", number).getBytes(StandardCharsets.US_ASCII));
        out.write(entry, ENTRY + length, entry.length - ENTRY - length);
        return out.toByteArray();
    }
}
