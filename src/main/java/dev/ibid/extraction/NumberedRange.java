package dev.ibid.extraction;

import org.jspecify.annotations.Nullable;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A locator that counts: {@code "row 12"}, {@code "rows 12-18"}, {@code "lines 1-9"}. */
record NumberedRange(String noun, int first, int last) {

    private static final Pattern FORM = Pattern.compile("(row|line)s? (\\d{1,9})(?:-(\\d{1,9}))?");

    /** Null for a locator of another form. */
    static @Nullable NumberedRange parse(String locator) {
        Matcher match = FORM.matcher(locator);
        if (!match.matches()) {
            return null;
        }
        int first = Integer.parseInt(match.group(2));
        String last = match.group(3);
        return new NumberedRange(
                match.group(1), first, last == null ? first : Integer.parseInt(last));
    }

    /** The range that spans both. */
    NumberedRange to(NumberedRange other) {
        return new NumberedRange(noun, Math.min(first, other.first), Math.max(last, other.last));
    }

    @Override
    public String toString() {
        return first == last ? noun + " " + first : noun + "s " + first + "-" + last;
    }
}
