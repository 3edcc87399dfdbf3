package dev.ibid.extraction;

/** Told as pages (or rows, or paragraphs) are read. */
@FunctionalInterface
public interface ParseProgress {

    /**
     * @param total 0 when it is not known beforehand
     */
    void read(int done, int total);
}
