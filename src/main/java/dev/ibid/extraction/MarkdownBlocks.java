package dev.ibid.extraction;

import dev.ibid.extraction.ExtractedText.Kind;
import dev.ibid.extraction.MarkdownLine.Shape;

/**
 * Finds headings, code, tables, list items and paragraphs by looking at each line once, so that no
 * input takes more than linear time. Inline marks and raw HTML stay what they are: text.
 */
final class MarkdownBlocks {

    /** A paragraph longer than this ends at the next line end. */
    private static final int LONGEST_PARAGRAPH = 2000;

    private static final int FRONT_MATTER_LINES = 200;

    private final String text;
    private final Lines lines;
    private final TextBlocks blocks;
    private final HeadingPath path = new HeadingPath();

    private boolean isOpen;

    /** What the lines since {@link #openStart} will become; of no meaning between blocks. */
    private Kind open = Kind.PARAGRAPH;

    private int openStart;
    private int openEnd;
    private int openLines;
    private boolean inTable;

    MarkdownBlocks(String text) {
        this.text = text;
        this.lines = new Lines(text);
        this.blocks = new TextBlocks(text);
    }

    /** Returns the number of lines. */
    int scan() throws ParseFailure {
        int body = frontMatterEnd();
        while (lines.next()) {
            if (lines.start() < body) {
                extend(Kind.CODE);
            } else {
                take(MarkdownLine.of(text, lines));
            }
        }
        close();
        return lines.number();
    }

    ExtractedText finish() {
        return blocks.finish();
    }

    private void take(MarkdownLine line) throws ParseFailure {
        if (inTable && line.shape() != Shape.BLANK && line.shape() != Shape.HEADING) {
            begin(Kind.TABLE_ROW);
            return;
        }
        inTable = false;
        switch (line.shape()) {
            case BLANK -> close();
            case HEADING -> heading(line);
            case UNDERLINE -> underline(line);
            case FENCE -> fence(line);
            case DASHES -> dashes();
            case LIST_ITEM -> begin(Kind.LIST_ITEM);
            case TEXT -> paragraph();
        }
    }

    private void heading(MarkdownLine line) throws ParseFailure {
        close();
        path.enter(line.level(), line.title());
        begin(Kind.HEADING);
        close();
    }

    /** A line of = or - below a paragraph of one to three lines makes a heading of it. */
    private void underline(MarkdownLine line) throws ParseFailure {
        if (isOpen && open == Kind.PARAGRAPH && openLines <= 3) {
            path.enter(line.level(), MarkdownLine.plain(text.substring(openStart, openEnd)));
            open = Kind.HEADING;
            extend(Kind.HEADING);
            close();
        } else {
            paragraph();
        }
    }

    private void fence(MarkdownLine opening) throws ParseFailure {
        close();
        begin(Kind.CODE);
        while (lines.next()) {
            extend(Kind.CODE);
            if (MarkdownLine.closes(text, lines, opening)) {
                break;
            }
        }
        close();
    }

    /** The line between a table's header, which was taken for a paragraph, and its rows. */
    private void dashes() throws ParseFailure {
        boolean headed = isOpen && open == Kind.PARAGRAPH && openLines == 1;
        if (headed && text.substring(openStart, openEnd).indexOf('|') >= 0) {
            open = Kind.TABLE_HEADER;
            extend(Kind.TABLE_HEADER);
            inTable = true;
        } else {
            paragraph();
        }
    }

    private void paragraph() throws ParseFailure {
        boolean continues = isOpen && (open == Kind.PARAGRAPH || open == Kind.LIST_ITEM);
        if (continues && openEnd - openStart < LONGEST_PARAGRAPH) {
            extend(open);
        } else {
            begin(Kind.PARAGRAPH);
        }
    }

    private void begin(Kind kind) throws ParseFailure {
        close();
        extend(kind);
    }

    private void extend(Kind kind) {
        if (!isOpen) {
            isOpen = true;
            open = kind;
            openStart = lines.start();
            openLines = 0;
        }
        openEnd = lines.end();
        openLines++;
    }

    private void close() throws ParseFailure {
        if (isOpen) {
            blocks.add(open, openStart, openEnd, path.path(), path.innermost());
            isOpen = false;
        }
    }

    /** Where the body starts; 0 unless the first line is --- and a like one follows soon. */
    private int frontMatterEnd() {
        Lines ahead = new Lines(text);
        if (!ahead.next() || !text.substring(ahead.start(), ahead.end()).strip().equals("---")) {
            return 0;
        }
        while (ahead.number() < FRONT_MATTER_LINES && ahead.next()) {
            if (ahead.end() - ahead.start() <= 8 && isFrontMatterEnd(ahead)) {
                return ahead.following();
            }
        }
        return 0;
    }

    private boolean isFrontMatterEnd(Lines line) {
        String content = text.substring(line.start(), line.end()).strip();
        return content.equals("---") || content.equals("...");
    }
}
