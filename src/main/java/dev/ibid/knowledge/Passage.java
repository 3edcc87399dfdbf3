package dev.ibid.knowledge;

import org.jspecify.annotations.Nullable;

/**
 * A chunk that was found for a question, and is known to be one the caller may read.
 *
 * @param score fused; comparable only within one search
 * @param dense {@code (1 + cosine) / 2}, or null when the vectors did not find it
 * @param lexical BM25, or null when the words did not find it
 */
public record Passage(
        Chunk chunk,
        String documentName,
        double score,
        @Nullable Double dense,
        @Nullable Double lexical) {}
