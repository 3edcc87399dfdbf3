package dev.ibid.extraction;

import java.util.regex.Pattern;

/**
 * What one line of Markdown is by itself.
 *
 * @param level of a heading or an underline, otherwise the length of a fence or 0
 * @param title of a heading, without its marks; of a fence, its character
 */
record MarkdownLine(Shape shape, int level, String title) {

    enum Shape {
        BLANK,
        HEADING,
        UNDERLINE,
        FENCE,
        DASHES,
        LIST_ITEM,
        TEXT
    }

    private static final MarkdownLine BLANK = new MarkdownLine(Shape.BLANK, 0, "");
    private static final MarkdownLine DASHES = new MarkdownLine(Shape.DASHES, 0, "");
    private static final MarkdownLine LIST_ITEM = new MarkdownLine(Shape.LIST_ITEM, 0, "");
    private static final MarkdownLine TEXT = new MarkdownLine(Shape.TEXT, 0, "");

    /** Code set in by four spaces is left as a paragraph: lists are set in as well. */
    private static final int DEEPEST_INDENT = 3;

    /** Longer lines are prose or data: only their beginning is looked at. */
    private static final int LONGEST_MARK = 400;

    private static final Pattern LINK =
            Pattern.compile("!?\\[([^\\[\\]]{0,200})]\\([^()]{0,500}\\)");
    private static final Pattern MARKS = Pattern.compile("[*`]+|(?<!\\w)_+|_+(?!\\w)");
    private static final Pattern TRAILING = Pattern.compile("\\s#{1,400}$");

    static MarkdownLine of(String text, Lines line) {
        int first = line.first();
        if (first == line.end()) {
            return BLANK;
        }
        char mark = text.charAt(first);
        if (isListItem(text, first, line.end())) {
            return LIST_ITEM;
        }
        if (first - line.start() > DEEPEST_INDENT) {
            return TEXT;
        }
        int run = run(text, first, line.end());
        return switch (mark) {
            case '#' -> heading(text, first, run, line.end());
            case '`', '~' -> fence(text, first, run, line.end());
            case '=', '-', '|', ':' -> rule(text, first, run, line.end());
            default -> TEXT;
        };
    }

    /** Whether this line ends the code that {@code opening} began. */
    static boolean closes(String text, Lines line, MarkdownLine opening) {
        int first = line.first();
        if (first == line.end() || text.charAt(first) != opening.title().charAt(0)) {
            return false;
        }
        int run = run(text, first, line.end());
        return run >= opening.level() && isBlank(text, first + run, line.end());
    }

    /** A title without links' addresses, emphasis and code marks. */
    static String plain(String title) {
        if (title.length() > LONGEST_MARK) {
            return title.substring(0, LONGEST_MARK);
        }
        return MARKS.matcher(LINK.matcher(title).replaceAll("$1")).replaceAll("");
    }

    private static MarkdownLine heading(String text, int first, int run, int end) {
        boolean spaced = first + run == end || Character.isWhitespace(text.charAt(first + run));
        if (run > 6 || !spaced) {
            return TEXT;
        }
        int to = Math.min(end, first + run + LONGEST_MARK);
        String title = TRAILING.matcher(text.substring(first + run, to).strip()).replaceFirst("");
        return new MarkdownLine(Shape.HEADING, run, plain(title));
    }

    private static MarkdownLine fence(String text, int first, int run, int end) {
        boolean inline = text.charAt(first) == '`' && text.indexOf('`', first + run, end) >= 0;
        return run < 3 || inline
                ? TEXT
                : new MarkdownLine(Shape.FENCE, run, text.substring(first, first + 1));
    }

    private static MarkdownLine rule(String text, int first, int run, int end) {
        char mark = text.charAt(first);
        boolean whole = isBlank(text, first + run, end);
        if (whole && (mark == '=' || mark == '-')) {
            return new MarkdownLine(Shape.UNDERLINE, mark == '=' ? 1 : 2, "");
        }
        return isTableRule(text, first, end) ? DASHES : TEXT;
    }

    private static boolean isTableRule(String text, int from, int end) {
        boolean dash = false;
        boolean bar = false;
        for (int at = from; at < end; at++) {
            char unit = text.charAt(at);
            dash |= unit == '-';
            bar |= unit == '|';
            if ("|-: \t".indexOf(unit) < 0) {
                return false;
            }
        }
        return dash && bar;
    }

    private static boolean isListItem(String text, int first, int end) {
        int at = first;
        char mark = text.charAt(at);
        if (mark == '-' || mark == '*' || mark == '+') {
            at++;
        } else {
            while (at < end && at - first < 9 && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
                at++;
            }
            boolean closed = at < end && (text.charAt(at) == '.' || text.charAt(at) == ')');
            if (at == first || !closed) {
                return false;
            }
            at++;
        }
        return at < end && text.charAt(at) == ' ' && !isBlank(text, at, end);
    }

    private static int run(String text, int first, int end) {
        int at = first;
        while (at < end && text.charAt(at) == text.charAt(first)) {
            at++;
        }
        return at - first;
    }

    private static boolean isBlank(String text, int from, int end) {
        for (int at = from; at < end; at++) {
            if (!Character.isWhitespace(text.charAt(at))) {
                return false;
            }
        }
        return true;
    }
}
