package dev.ibid.knowledge;

import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * Finds chunks by the nearness of their vectors (cosine). A cache that can be filled again from
 * {@link Library}. Safe for use by many threads; calls block.
 */
public interface VectorIndex extends AutoCloseable {

    /** Adds chunks, replacing those of the same id. Visible to queries after {@link #commit}. */
    void upsert(List<EmbeddedChunk> chunks);

    void deleteVersion(UUID documentId, int version);

    void deleteDocument(UUID documentId);

    /** Best first, at most {@code limit}; the score is {@code (1 + cosine) / 2}. */
    List<Hit> query(float[] vector, Scope scope, int limit);

    /** The ids of one version's chunks that the index holds. */
    Set<UUID> ids(UUID documentId, int version);

    long count();

    void commit(long logNumber);

    long appliedThrough();

    void clear();

    @Override
    void close();
}
