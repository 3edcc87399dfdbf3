package dev.ibid.extraction;

import dev.ibid.extraction.ExtractedText.Kind;

import org.jspecify.annotations.Nullable;

/**
 * Turns tables into a line for each row: {@code cell | cell | cell}. Nested tables join their cell.
 */
final class DocxTable {

    private final TextDraft draft;
    private final HeadingPath path;
    private final StringBuilder cell = new StringBuilder();
    private final StringBuilder row = new StringBuilder();
    private @Nullable String firstRow;
    private int depth;
    private int cells;
    private boolean marked;

    DocxTable(TextDraft draft, HeadingPath path) {
        this.draft = draft;
        this.path = path;
    }

    boolean isOpen() {
        return depth > 0;
    }

    void enter() {
        depth++;
    }

    /** The row being read is repeated on each page. */
    void markHeader() {
        marked = depth == 1;
    }

    void add(String paragraph) {
        cell.append(cell.isEmpty() ? "" : " ").append(paragraph.strip().replace('\n', ' '));
    }

    void leaveCell() {
        if (depth != 1) {
            return;
        }
        row.append(cells == 0 ? "" : " | ").append(cell);
        cell.setLength(0);
        cells++;
    }

    /** Whether the first row is a header is known when a second one follows. */
    void leaveRow() throws ParseFailure {
        if (depth != 1) {
            return;
        }
        String text = row.toString();
        boolean empty = text.replace("|", "").isBlank();
        row.setLength(0);
        cells = 0;
        if (empty) {
            return;
        }
        if (firstRow == null) {
            firstRow = text;
            if (marked) {
                flush(Kind.TABLE_HEADER);
            }
            return;
        }
        flush(Kind.TABLE_HEADER);
        draft.add(Kind.TABLE_ROW, text, null, path);
    }

    void leave() throws ParseFailure {
        depth = Math.max(0, depth - 1);
        if (depth == 0) {
            flush(Kind.TABLE_ROW);
            firstRow = null;
            marked = false;
        }
    }

    private void flush(Kind kind) throws ParseFailure {
        if (firstRow != null && !firstRow.isEmpty()) {
            draft.add(kind, firstRow, null, path);
            firstRow = "";
        }
    }
}
