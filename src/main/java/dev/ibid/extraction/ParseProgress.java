package dev.ibid.extraction;

/** Told as pages (or rows, or paragraphs) are read. */
@FunctionalInterface
public interface ParseProgress {

    /**
     * @param total 0 when it is not known beforehand
     */
    void read(int done, int total);

    /** Told before each page whose text is to be recognised, which takes a time of its own. */
    default void recognising() {}
}
