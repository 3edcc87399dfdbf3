package dev.ibid.extraction;

import dev.ibid.text.TextGate;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The headings above the place that is being read. A heading counts as its own innermost one. */
final class HeadingPath {

    /** Stands between the headings of a path, and never within one of them. */
    static final String SEPARATOR = " > ";

    /** A sign that a title could be cut at; in a path it becomes one that looks much the same. */
    private static final Pattern ALONE = Pattern.compile("(?<=^|\\s)>(?=\\s|$)");

    /** A heading of a whole paragraph is a wrong style, not a name to show. */
    private static final int LONGEST_TITLE = 120;

    private record Heading(int level, String title) {}

    private final Deque<Heading> above = new ArrayDeque<>();
    private @Nullable String path;
    private @Nullable String innermost;

    /** Enters a section; {@code level} 1 is the outermost. */
    void enter(int level, String raw) {
        String title = shortened(TextGate.line(raw));
        if (title.isEmpty()) {
            return;
        }
        while (!above.isEmpty() && above.getLast().level() >= level) {
            above.removeLast();
        }
        above.addLast(new Heading(level, title));
        innermost = title;
        path = joined();
    }

    /** Such as {@code "Install > Linux"}; null before the first heading. */
    @Nullable String path() {
        return path;
    }

    @Nullable String innermost() {
        return innermost;
    }

    private String joined() {
        return above.stream()
                .map(each -> ALONE.matcher(each.title()).replaceAll("›"))
                .collect(Collectors.joining(SEPARATOR));
    }

    private static String shortened(String title) {
        if (title.length() <= LONGEST_TITLE) {
            return title;
        }
        int end = Character.isHighSurrogate(title.charAt(LONGEST_TITLE - 1)) ? 1 : 0;
        return title.substring(0, LONGEST_TITLE - end) + "…";
    }
}
