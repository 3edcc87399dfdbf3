package dev.ibid.knowledge;

import java.util.Set;
import java.util.UUID;

/**
 * What the indexes have in common: they hold chunks by document and version, and know the number of
 * the last log entry that they reflect. A cache that can be filled again from {@link Contents}.
 * Safe for use by many threads; calls block.
 */
public interface ChunkIndex extends AutoCloseable {

    /** Removes all chunks of one version; no search finds them after {@link #commit}. */
    void deleteVersion(UUID documentId, int version);

    void deleteDocument(UUID documentId);

    /**
     * Makes everything visible and durable, together with the number of the last log entry it
     * reflects.
     */
    void commit(long logNumber);

    /** The number of the last log entry that is visible; 0 for an empty index. Never waits. */
    long appliedThrough();

    /**
     * Looks whether what it is kept in is still there and sound. If not, it comes back at its last
     * sound commit or empty, and {@link #appliedThrough} says which.
     */
    void mend();

    /** How many chunks can be found. */
    long count();

    /** How many chunks of one document can be found, of all its versions. */
    long countOf(UUID documentId);

    /** The versions of which any chunk can be found. */
    Set<DocumentVersion> versions();

    /** The ids of one version's chunks that can be found. */
    Set<UUID> ids(UUID documentId, int version);

    /**
     * Drops for good what was deleted and committed: nothing of it is left in any file. Takes as
     * long as rewriting the parts of the index in which it stood.
     */
    void purge();

    /** Removes everything; {@link #appliedThrough} is 0 afterwards. */
    void clear();

    @Override
    void close();
}
