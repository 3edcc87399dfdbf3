package dev.ibid.text;

/**
 * Makes text fit to be kept: no NUL, no lone surrogate, no control character but tab and line feed.
 * Each unit that is refused becomes U+FFFD (controls: a space), so the length in UTF-16 units never
 * changes, except that CR LF and CR become LF in {@link #lines}.
 */
public final class TextGate {

    private static final char REPLACEMENT = '\uFFFD';

    private TextGate() {}

    /** The text with each unit that cannot be kept replaced; the same object if there is none. */
    public static String clean(String text) {
        int bad = firstUnfit(text, 0);
        if (bad < 0) {
            return text;
        }
        StringBuilder clean = new StringBuilder(text);
        for (int at = bad; at >= 0; at = firstUnfit(text, at + 1)) {
            clean.setCharAt(
                    at,
                    Character.isISOControl(text.charAt(at)) && text.charAt(at) != 0
                            ? ' '
                            : REPLACEMENT);
        }
        return clean.toString();
    }

    /** {@link #clean} after all line ends became LF. */
    public static String lines(String text) {
        return clean(
                text.indexOf('\r') < 0 ? text : text.replace("\r\n", "\n").replace('\r', '\n'));
    }

    /** {@link #clean} on one line, trimmed: for names and titles. */
    public static String line(String text) {
        return clean(text).replaceAll("[\\s\\u2028\\u2029]+", " ").strip();
    }

    private static int firstUnfit(String text, int from) {
        for (int at = from; at < text.length(); at++) {
            char unit = text.charAt(at);
            if (Character.isSurrogate(unit)) {
                if (!isPairAt(text, at)) {
                    return at;
                }
                at++;
            } else if (isUnfit(unit)) {
                return at;
            }
        }
        return -1;
    }

    private static boolean isPairAt(String text, int at) {
        return Character.isHighSurrogate(text.charAt(at))
                && at + 1 < text.length()
                && Character.isLowSurrogate(text.charAt(at + 1));
    }

    private static boolean isUnfit(char unit) {
        boolean control = Character.isISOControl(unit) && unit != '\t' && unit != '\n';
        return control || unit == '\uFFFE' || unit == '\uFFFF';
    }
}
