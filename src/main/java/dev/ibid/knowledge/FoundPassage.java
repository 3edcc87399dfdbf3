package dev.ibid.knowledge;

import org.jspecify.annotations.Nullable;

import java.util.UUID;

/**
 * A passage as it is shown to whoever searches or asks: one of a search's results.
 *
 * @param page from 1; null where the format has no pages
 * @param locator heading path or row range where there are no pages
 * @param start first UTF-16 unit in the version's extracted text
 * @param end one past the last
 * @param score fused; comparable only within one search
 */
public record FoundPassage(
        UUID documentId,
        String documentName,
        int version,
        UUID chunkId,
        @Nullable Integer page,
        @Nullable String locator,
        int start,
        int end,
        @Nullable String heading,
        String text,
        double score,
        Scores scores) {

    /** What each side gave it; null from a side that did not find it. */
    public record Scores(@Nullable Double dense, @Nullable Double lexical) {}

    public static FoundPassage of(Passage passage) {
        Chunk chunk = passage.chunk();
        return new FoundPassage(
                chunk.documentId(),
                passage.documentName(),
                chunk.version(),
                chunk.id(),
                chunk.page(),
                chunk.locator(),
                chunk.start(),
                chunk.end(),
                chunk.heading(),
                chunk.text(),
                passage.score(),
                new Scores(passage.dense(), passage.lexical()));
    }
}
