package dev.ibid.knowledge;

import java.util.List;

/** Finds chunks by the nearness of their vectors (cosine). */
public interface VectorIndex extends ChunkIndex {

    /**
     * Adds chunks, replacing those of the same id. Visible to queries after {@link #commit}.
     *
     * @throws IllegalArgumentException when a vector has another length than this index takes; none
     *     of the chunks is added then
     */
    void upsert(List<EmbeddedChunk> chunks);

    /** Best first, at most {@code limit}; the score is {@code (1 + cosine) / 2}. */
    List<Hit> query(float[] vector, Scope scope, int limit);
}
