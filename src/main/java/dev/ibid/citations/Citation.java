package dev.ibid.citations;

import org.jspecify.annotations.Nullable;

import java.util.UUID;

/**
 * Where a statement of an answer was read. The same object in the stream, in the history and in
 * every other form of the reply, and it stays as it was stored.
 *
 * @param marker the number in the answer, as in {@code [1]}
 * @param page from 1; null where the format has no pages
 * @param locator heading path or row range where there are no pages
 * @param start first UTF-16 unit of the quote in the version's extracted text
 * @param end one past the last
 * @param quote the extracted text from {@code start} to {@code end}
 * @param score of the passage it was found in; comparable only within one answer
 */
public record Citation(
        int marker,
        UUID documentId,
        String documentName,
        int version,
        @Nullable Integer page,
        @Nullable String locator,
        int start,
        int end,
        String quote,
        double score) {}
