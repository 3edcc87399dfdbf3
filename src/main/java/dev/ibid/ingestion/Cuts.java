package dev.ibid.ingestion;

import java.text.BreakIterator;
import java.util.Locale;

/** Finds places where a text may be cut that has no sentences. */
final class Cuts {

    /** How much behind a place must be seen to tell whether a grapheme ends there. */
    private static final int AHEAD = 32;

    private Cuts() {}

    /**
     * The best cut in {@code (from, most]}: behind white space in its second half, else between
     * graphemes, else (a letter with thousands of marks) between code points. It is {@code end} if
     * that is not beyond {@code most}.
     */
    static int before(String text, int from, int end, int most) {
        if (end <= most) {
            return end;
        }
        for (int at = most; at > from + (most - from) / 2; at--) {
            if (Character.isWhitespace(text.charAt(at - 1))) {
                return at;
            }
        }
        int between = betweenGraphemes(text, from, end, most);
        return between > from ? between : betweenCodePoints(text, from, end, most);
    }

    private static int betweenGraphemes(String text, int from, int end, int most) {
        BreakIterator graphemes = BreakIterator.getCharacterInstance(Locale.ROOT);
        graphemes.setText(text.substring(from, Math.min(end, most + AHEAD)));
        int at = most - from;
        return from + (graphemes.isBoundary(at) ? at : Math.max(0, graphemes.preceding(at)));
    }

    private static int betweenCodePoints(String text, int from, int end, int most) {
        int at = Math.max(most, from + 1);
        boolean inside =
                at < end
                        && Character.isHighSurrogate(text.charAt(at - 1))
                        && Character.isLowSurrogate(text.charAt(at));
        return !inside ? at : at - 1 > from ? at - 1 : at + 1;
    }
}
