package dev.ibid.models;

/**
 * How many tokens a text has at most, roughly, for models whose tokenizer is not at hand. The
 * weights, in twelfths of a token, were set so that ordinary text of every script stays above what
 * OpenAI's older and newer tokenizers count.
 */
final class TokenEstimate {

    private static final int UNIT = 12;

    private TokenEstimate() {}

    static int of(String text) {
        long twelfths = text.codePoints().mapToLong(TokenEstimate::weight).sum();
        return Math.toIntExact(Math.ceilDiv(twelfths, UNIT));
    }

    private static int weight(int point) {
        if (point < 0x80) {
            return Character.isLetter(point) ? 4 : point == ' ' ? 2 : UNIT;
        }
        if (point < 0x500) {
            return point < 0x370 ? 10 : 13;
        }
        return point <= 0xFFFF ? 2 * UNIT : 3 * UNIT;
    }
}
