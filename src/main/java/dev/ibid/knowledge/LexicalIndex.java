package dev.ibid.knowledge;

import java.util.List;
import java.util.UUID;

/** Finds chunks by their words (BM25). A cache that can be filled again from {@link Library}. Safe for use by many threads; calls block. */
public interface LexicalIndex extends AutoCloseable {

    /** Adds chunks, replacing those of the same id. Visible to searches after {@link #commit}. */
    void upsert(List<Chunk> chunks);

    /** Removes all chunks of one version. */
    void deleteVersion(UUID documentId, int version);

    void deleteDocument(UUID documentId);

    /** Best first, at most {@code limit}. */
    List<Hit> search(String query, Scope scope, int limit);

    /** Makes everything visible and durable, together with the number of the last log entry it reflects. */
    void commit(long logNumber);

    /** The number of the last log entry that is visible; 0 for an empty index. */
    long appliedThrough();

    long count();

    /** Removes everything; {@link #appliedThrough} is 0 afterwards. */
    void clear();

    @Override
    void close();
}
