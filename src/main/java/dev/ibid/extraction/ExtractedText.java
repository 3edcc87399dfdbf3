package dev.ibid.extraction;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * The text of one document version and where its parts stand in the original.
 *
 * @param text what all offsets point into, in UTF-16 units; it has passed the text gate
 * @param blocks in order of {@code start}, not overlapping; text between blocks is white space
 * @param pages the number of pages, or null where the format has none
 */
public record ExtractedText(String text, List<Block> blocks, @Nullable Integer pages) {

    /**
     * A piece that should not be cut if it can be helped.
     *
     * @param start first UTF-16 unit
     * @param end one past the last
     * @param page from 1; null where the format has no pages
     * @param locator where it stands in formats without pages: a heading path such as {@code
     *     "Install > Linux"} or a row range such as {@code "row 12"}
     * @param heading the innermost heading above it
     */
    public record Block(
            Kind kind,
            int start,
            int end,
            @Nullable Integer page,
            @Nullable String locator,
            @Nullable String heading) {}

    /** What a block is. A {@link #TABLE_HEADER} is repeated in each chunk of the rows below it. */
    public enum Kind {
        HEADING,
        PARAGRAPH,
        LIST_ITEM,
        CODE,
        TABLE_HEADER,
        TABLE_ROW
    }

    public ExtractedText {
        blocks = List.copyOf(blocks);
    }
}
