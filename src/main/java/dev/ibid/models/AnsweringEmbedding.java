package dev.ibid.models;

import java.util.Optional;

/**
 * The embedding whose vectors answer questions. Another one that is configured is only built beside
 * it until it is complete.
 */
public interface AnsweringEmbedding {

    Optional<EmbeddingFingerprint> current();

    /**
     * Lets one answer if none does yet.
     *
     * @return the one that answers now
     */
    EmbeddingFingerprint first(EmbeddingFingerprint candidate);

    /**
     * Lets another one answer if every chunk that is to be found has a vector of it; nothing can be
     * published between the look and the change.
     *
     * @return whether it answers now
     */
    boolean become(EmbeddingFingerprint next);

    /** Forgets the vectors of all others. */
    void dropOthers(EmbeddingFingerprint kept);
}
