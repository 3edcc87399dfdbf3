package dev.ibid.extraction;

/**
 * What one document may come to.
 *
 * @param characters UTF-16 units of extracted text
 * @param pages of a PDF
 */
public record OutputLimits(int characters, int pages) {

    /**
     * Parts of a document: a bound on the objects that the server holds for it, at about 100 bytes
     * each. The tables of large CSV files stay below it by having several rows to a block.
     */
    static final int BLOCKS = 500_000;
}
