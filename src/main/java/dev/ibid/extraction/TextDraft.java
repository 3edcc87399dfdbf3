package dev.ibid.extraction;

import dev.ibid.extraction.ExtractedText.Block;
import dev.ibid.extraction.ExtractedText.Kind;
import dev.ibid.text.TextGate;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/** The text of a document as it grows, block by block, for formats whose own text is not plain. */
final class TextDraft {

    private final StringBuilder text = new StringBuilder();
    private final List<Block> blocks = new ArrayList<>();
    private final int limit;

    TextDraft(int limit) {
        this.limit = limit;
    }

    /**
     * Adds a block in a paragraph of its own; list items and rows follow each other line by line.
     */
    void add(Kind kind, String raw, @Nullable Integer page, HeadingPath path) throws ParseFailure {
        add(kind, raw, page, page == null ? path.path() : null, path.innermost());
    }

    void add(
            Kind kind,
            String raw,
            @Nullable Integer page,
            @Nullable String locator,
            @Nullable String heading)
            throws ParseFailure {
        String clean = TextGate.lines(raw).strip();
        if (clean.isEmpty()) {
            return;
        }
        if (text.length() + clean.length() + 2 > limit || blocks.size() == OutputLimits.BLOCKS) {
            throw ParseFailure.tooLong();
        }
        if (!blocks.isEmpty()) {
            text.append(isLined(blocks.getLast().kind()) && isLined(kind) ? "\n" : "\n\n");
        }
        int start = text.length();
        text.append(clean);
        blocks.add(new Block(kind, start, text.length(), page, locator, heading));
    }

    boolean isEmpty() {
        return blocks.isEmpty();
    }

    int blocks() {
        return blocks.size();
    }

    ExtractedText finish(@Nullable Integer pages) {
        return new ExtractedText(text.toString(), blocks, pages);
    }

    private static boolean isLined(Kind kind) {
        return switch (kind) {
            case LIST_ITEM, TABLE_HEADER, TABLE_ROW -> true;
            case HEADING, PARAGRAPH, CODE -> false;
        };
    }
}
