package dev.ibid.chat;

import dev.ibid.knowledge.Chunk;
import dev.ibid.knowledge.Passage;
import dev.ibid.knowledge.Side;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * Why an answer is as it is.
 *
 * @param searched the question as it was searched for, with what a follow-up took from the
 *     conversation
 * @param limit how many passages an answer may use
 * @param degraded the sides that should have been searched and could not be
 * @param millis how long each step took
 */
public record Trace(
        String question,
        String searched,
        double similarityThreshold,
        int limit,
        List<Candidate> candidates,
        Set<Side> degraded,
        Map<String, Long> millis) {

    /** What became of a candidate. */
    public enum Outcome {
        USED,
        /** Neither near enough by its vector nor by its words. */
        NOT_RELEVANT,
        /** Not judged any more: better ones filled the limit. */
        OVER_LIMIT
    }

    public record Candidate(
            int rank,
            Outcome outcome,
            UUID chunkId,
            UUID documentId,
            String documentName,
            int version,
            @Nullable Integer page,
            @Nullable String locator,
            @Nullable String heading,
            double score,
            @Nullable Double dense,
            @Nullable Double lexical) {

        static Candidate of(int rank, Passage passage, Outcome outcome) {
            Chunk chunk = passage.chunk();
            return new Candidate(
                    rank,
                    outcome,
                    chunk.id(),
                    chunk.documentId(),
                    passage.documentName(),
                    chunk.version(),
                    chunk.page(),
                    chunk.locator(),
                    chunk.heading(),
                    passage.score(),
                    passage.dense(),
                    passage.lexical());
        }
    }
}
