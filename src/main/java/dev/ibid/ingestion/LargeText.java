package dev.ibid.ingestion;

import dev.ibid.extraction.ExtractedText;

/**
 * A small file has turned out to hold a large text, for which there is no room beside another one:
 * its turn comes again as that of a large file.
 */
final class LargeText extends Exception {

    /** What a block takes beside its characters. */
    private static final int BLOCK_BYTES = 64;

    /** In memory; a file just below {@link Jobs#LARGE_BYTES} seldom takes more. */
    private static final long LARGE_BYTES = 16L << 20;

    private final long bytes;

    private LargeText(long bytes) {
        super("A text of " + bytes + " bytes came out of a small file");
        this.bytes = bytes;
    }

    /** Refuses a text that would need a turn alone. */
    static void refuse(ExtractedText text) throws LargeText {
        long bytes = (long) text.text().length() * 2 + (long) text.blocks().size() * BLOCK_BYTES;
        if (bytes >= LARGE_BYTES) {
            throw new LargeText(bytes);
        }
    }

    /** What the text takes in memory. */
    long bytes() {
        return bytes;
    }
}
