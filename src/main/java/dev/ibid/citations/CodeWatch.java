package dev.ibid.citations;

/**
 * Tells code from prose in Markdown that arrives character by character. Code is what stands in a
 * fence of three or more backticks at the start of a line, or between backticks within one line.
 */
final class CodeWatch {

    private static final int FENCE = 3;

    private boolean fenced;
    private boolean inline;
    private boolean atLineStart = true;
    private boolean runAtLineStart;
    private int run;

    /** Whether a character that came now, and is no backtick, would be code. */
    boolean inCode() {
        return fenced || inline != runOpensOrClosesInline();
    }

    /**
     * @param escaped by a backslash before it
     */
    void pass(char next, boolean escaped) {
        if (next == '`' && !escaped) {
            tick();
            return;
        }
        inline = inline != runOpensOrClosesInline();
        run = 0;
        if (next == '\n') {
            inline = false;
            atLineStart = true;
        } else if (next != ' ') {
            atLineStart = false;
        }
    }

    private void tick() {
        if (run == 0) {
            runAtLineStart = atLineStart;
        }
        run++;
        atLineStart = false;
        if (run == FENCE && runAtLineStart) {
            fenced = !fenced;
        }
    }

    private boolean runOpensOrClosesInline() {
        boolean fence = run >= FENCE && runAtLineStart;
        return run > 0 && !fenced && !fence;
    }
}
