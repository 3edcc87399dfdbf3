package dev.ibid.extraction;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.ZipEntry;

/** What comes out of one entry of an archive, counted: an archive's own sizes may lie. */
final class InflatedStream extends FilterInputStream {

    /** More than this at a ratio above {@link #RATIO} is no document. */
    private static final long SUSPICIOUS_BYTES = 16L << 20;

    private static final int RATIO = 150;
    private static final long MOST_BYTES = 512L << 20;

    private final long packed;
    private long count;

    InflatedStream(InputStream in, ZipEntry entry) {
        super(in);
        packed = Math.max(1, entry.getCompressedSize());
    }

    /** Says through a reader of XML that the limit was met. */
    static final class Exceeded extends IOException {}

    @Override
    public int read() throws IOException {
        int each = super.read();
        counted(each < 0 ? 0 : 1);
        return each;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int read = super.read(buffer, offset, length);
        counted(Math.max(0, read));
        return read;
    }

    private void counted(int more) throws IOException {
        count += more;
        boolean bomb = count > SUSPICIOUS_BYTES && count / RATIO > packed;
        if (bomb || count > MOST_BYTES) {
            throw new Exceeded();
        }
    }
}
