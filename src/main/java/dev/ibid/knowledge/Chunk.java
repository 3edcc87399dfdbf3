package dev.ibid.knowledge;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A piece of one document version, small enough to be embedded whole.
 *
 * @param id the same whenever the same version is split by the same splitter
 * @param ordinal its place among the version's chunks, from 0
 * @param start first UTF-16 unit in the version's extracted text
 * @param end one past the last
 * @param page from 1; null where the format has no pages
 * @param locator heading path or row range where there are no pages
 * @param heading the innermost heading above it
 * @param context what is read before the text when it is indexed, such as a table's header; empty for most
 * @param text the extracted text from {@code start} to {@code end}
 */
public record Chunk(
        UUID id,
        UUID documentId,
        int version,
        UUID collectionId,
        int ordinal,
        int start,
        int end,
        @Nullable Integer page,
        @Nullable String locator,
        @Nullable String heading,
        String context,
        String text) {

    /** What is embedded and indexed. */
    public String indexedText() {
        return context.isEmpty() ? text : context + "\n" + text;
    }
}
