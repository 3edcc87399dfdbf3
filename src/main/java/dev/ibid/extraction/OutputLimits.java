package dev.ibid.extraction;

/**
 * What one document may come to.
 *
 * @param characters UTF-16 units of extracted text
 * @param pages of a PDF
 */
record OutputLimits(int characters, int pages) {

    /**
     * Parts of a document: a bound on the objects that the server holds for it, at about 100 bytes
     * each. The tables of large CSV files stay below it by having several rows to a block.
     */
    static final int BLOCKS = 500_000;

    static ParseFailure tooLong() {
        return new ParseFailure(
                ParseFailure.Code.LIMIT,
                "The document holds more text than one document may. Split it into several files.");
    }

    static ParseFailure tooNested() {
        return new ParseFailure(
                ParseFailure.Code.LIMIT,
                "The document is nested more deeply than can be read. Save it anew in a simpler"
                        + " form.");
    }

    static ParseFailure tooExpansive() {
        return new ParseFailure(
                ParseFailure.Code.LIMIT,
                "The file unpacks to far more than its size. Save it anew with the program that"
                        + " made it.");
    }
}
