package dev.ibid.extraction;

import dev.ibid.extraction.ExtractedText.Block;
import dev.ibid.extraction.ExtractedText.Kind;
import dev.ibid.extraction.ParserWire.Breach;
import dev.ibid.text.TextGate;

import org.jspecify.annotations.Nullable;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** An {@link ExtractedText} as bytes, and back with every offset and length checked. */
final class TextWire {

    private static final int NULL = 0;
    private static final int AS_BEFORE = 1;
    private static final int NEW = 2;
    private static final List<Kind> KINDS = List.of(Kind.values());
    private static final int LONGEST_LABEL = 8192;

    private TextWire() {}

    static void write(DataOutputStream out, ExtractedText text) throws IOException {
        ParserWire.writeString(out, text.text());
        out.writeInt(text.pages() == null ? -1 : text.pages());
        out.writeInt(text.blocks().size());
        String locator = null;
        String heading = null;
        for (Block block : text.blocks()) {
            out.writeByte(KINDS.indexOf(block.kind()));
            out.writeInt(block.start());
            out.writeInt(block.end());
            out.writeInt(block.page() == null ? 0 : block.page());
            writeLabel(out, block.locator(), locator);
            writeLabel(out, block.heading(), heading);
            locator = block.locator();
            heading = block.heading();
        }
    }

    static ExtractedText read(DataInputStream in, OutputLimits limits) throws IOException {
        String text = ParserWire.readString(in, (int) Math.min(4L * limits.characters(), 1 << 30));
        if (text.length() > limits.characters()) {
            throw new Breach("text too long");
        }
        int pages = in.readInt();
        int count = in.readInt();
        if (count < 0 || count > OutputLimits.BLOCKS) {
            throw new Breach("number of blocks");
        }
        List<Block> blocks = readBlocks(in, count, text.length());
        return new ExtractedText(TextGate.clean(text), blocks, pages < 0 ? null : pages);
    }

    private static List<Block> readBlocks(DataInputStream in, int count, int length)
            throws IOException {
        List<Block> blocks = new ArrayList<>(count);
        int last = 0;
        String locator = null;
        String heading = null;
        for (int at = 0; at < count; at++) {
            Kind kind = kind(in.readUnsignedByte());
            int start = in.readInt();
            int end = in.readInt();
            if (start < last || end <= start || end > length) {
                throw new Breach("offsets of a block");
            }
            last = end;
            int page = in.readInt();
            locator = readLabel(in, locator);
            heading = readLabel(in, heading);
            blocks.add(new Block(kind, start, end, page < 1 ? null : page, locator, heading));
        }
        return blocks;
    }

    /** Most blocks have the labels of the one before; so they share one string on both sides. */
    private static void writeLabel(
            DataOutputStream out, @Nullable String label, @Nullable String before)
            throws IOException {
        if (label == null) {
            out.writeByte(NULL);
        } else if (Objects.equals(label, before)) {
            out.writeByte(AS_BEFORE);
        } else {
            out.writeByte(NEW);
            ParserWire.writeString(out, label);
        }
    }

    private static @Nullable String readLabel(DataInputStream in, @Nullable String before)
            throws IOException {
        return switch (in.readUnsignedByte()) {
            case NULL -> null;
            case AS_BEFORE -> before;
            case NEW -> TextGate.line(ParserWire.readString(in, LONGEST_LABEL));
            default -> throw new Breach("label of a block");
        };
    }

    private static Kind kind(int index) throws Breach {
        if (index >= KINDS.size()) {
            throw new Breach("kind of a block");
        }
        return KINDS.get(index);
    }
}
