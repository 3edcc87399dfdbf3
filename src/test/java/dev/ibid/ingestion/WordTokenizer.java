package dev.ibid.ingestion;

import dev.ibid.models.Tokenizer;

import java.util.Arrays;

/**
 * Sees tokens as models of the BERT family do: up to four letters each, a mark or an ideograph is
 * one, and a word of more than a hundred letters is a single unknown one.
 */
record WordTokenizer(int limit) implements Tokenizer {

    private static final int PIECE = 4;
    private static final int LONGEST_WORD = 100;

    @Override
    public int count(String text) {
        return ends(text).length;
    }

    @Override
    public int[] ends(String text) {
        int[] ends = new int[text.length()];
        int count = 0;
        for (int at = 0; at < text.length(); ) {
            int point = text.codePointAt(at);
            int next = at + Character.charCount(point);
            if (Character.isAlphabetic(point) && !Character.isIdeographic(point)) {
                next = wordEnd(text, at);
                boolean unknown = next - at > LONGEST_WORD;
                for (int piece = at + PIECE; piece < next && !unknown; piece += PIECE) {
                    ends[count++] = piece;
                }
            }
            if (!Character.isWhitespace(point)) {
                ends[count++] = next;
            }
            at = next;
        }
        return Arrays.copyOf(ends, count);
    }

    private static int wordEnd(String text, int from) {
        int at = from;
        while (at < text.length()
                && Character.isAlphabetic(text.codePointAt(at))
                && !Character.isIdeographic(text.codePointAt(at))) {
            at += Character.charCount(text.codePointAt(at));
        }
        return at;
    }
}
