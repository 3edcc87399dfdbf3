package dev.ibid.ingestion;

/**
 * Where sentences end. A scan of our own, because the JDK's sentence iterator looks ahead without a
 * bound: its time on hostile text is not linear.
 */
final class Sentences {

    private static final String STOPS = ".!?…";

    /** These end a sentence without a space behind them. */
    private static final String WIDE_STOPS = "。！？｡．";

    private static final String CLOSERS = "\"'”’»)]}」』）】";

    private Sentences() {}

    /** The end of the sentence that {@code from} is in, with the white space after it. */
    static int end(String text, int from, int end) {
        for (int at = from; at < end; at++) {
            char unit = text.charAt(at);
            boolean wide = WIDE_STOPS.indexOf(unit) >= 0;
            if (wide || STOPS.indexOf(unit) >= 0) {
                int after = past(CLOSERS, text, at + 1, end);
                int next = pastSpace(text, after, end);
                if (wide || next == end || (next > after && startsSentence(text, next))) {
                    return next;
                }
            }
        }
        return end;
    }

    static int lineEnd(String text, int from, int end) {
        int feed = text.indexOf('\n', from);
        return feed < 0 || feed >= end ? end : feed + 1;
    }

    /** "e.g. this" and "approx. 5" go on. */
    private static boolean startsSentence(String text, int at) {
        int point = text.codePointAt(at);
        return !Character.isLowerCase(point) && !Character.isDigit(point);
    }

    private static int past(String units, String text, int from, int end) {
        int at = from;
        while (at < end && units.indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        return at;
    }

    private static int pastSpace(String text, int from, int end) {
        int at = from;
        while (at < end && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        return at;
    }
}
