package dev.ibid.ingestion;

/**
 * What a splitter does not cut: a sentence, a row, or a part of one that is too long.
 *
 * @param tokens how many the model sees in it when it stands alone
 * @param block the index of the block it is of
 * @param closes whether a sentence, line of code or block ends with it
 */
record Atom(int start, int end, int tokens, int block, boolean closes) {}
