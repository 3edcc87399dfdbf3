package dev.ibid.knowledge;

import java.util.List;

/** Finds chunks by the nearness of their vectors (cosine). */
public interface VectorIndex extends ChunkIndex, NearestChunks {

    /**
     * Adds chunks, replacing those of the same id. Visible to queries after {@link #commit}.
     *
     * @throws IllegalArgumentException when a vector has another length than this index takes; none
     *     of the chunks is added then
     */
    void upsert(List<EmbeddedChunk> chunks);

    @Override
    List<Hit> query(float[] vector, Scope scope, int limit);
}
