package dev.ibid.extraction;

/** Walks over the lines of a text without copying them. */
final class Lines {

    private final String text;
    private int start;
    private int end;
    private int following;
    private int number;

    Lines(String text) {
        this.text = text;
    }

    /** Moves to the next line, if there is one. */
    boolean next() {
        if (following >= text.length()) {
            return false;
        }
        start = following;
        int feed = text.indexOf('\n', start);
        end = feed < 0 ? text.length() : feed;
        following = end + 1;
        number++;
        return true;
    }

    int start() {
        return start;
    }

    /** One past the last unit, without the line feed. */
    int end() {
        return end;
    }

    /** Where the line after this one starts. */
    int following() {
        return Math.min(following, text.length());
    }

    /** From 1. */
    int number() {
        return number;
    }

    boolean isLast() {
        return following >= text.length();
    }

    boolean isBlank() {
        return first() == end;
    }

    /** Where the first unit that is not white space stands, or {@link #end}. */
    int first() {
        int at = start;
        while (at < end && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        return at;
    }
}
