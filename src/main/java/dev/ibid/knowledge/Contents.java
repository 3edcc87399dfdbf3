package dev.ibid.knowledge;

import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * What the indexes are copies of, as Postgres has it: the chunks of all versions that are active
 * and of documents that were not deleted, their vectors, and the log of changes.
 */
public interface Contents {

    /** The log after {@code number}, at most {@code limit} entries of it. */
    LogPart logAfter(long number, int limit);

    List<DocumentVersion> activeVersions();

    /** The ids of a version's chunks; empty unless it is active. */
    Set<UUID> ids(UUID documentId, int version);

    /**
     * Chunks of a version in order; empty unless it is active.
     *
     * @param from ordinal of the first
     */
    List<Chunk> chunks(UUID documentId, int version, int from, int limit);

    /**
     * Chunks of a version with their vectors of this fingerprint, in order; without those that have
     * none.
     *
     * @param from ordinal of the first that is looked at
     * @param limit how many are looked at
     */
    List<EmbeddedChunk> embeddedChunks(
            UUID documentId, int version, String fingerprint, int from, int limit);

    /** How many chunks of active versions have no vector of this fingerprint. */
    int countWithoutVector(String fingerprint);

    /** Some of the chunks of active versions that have no vector of this fingerprint. */
    List<Chunk> withoutVector(String fingerprint, int limit);

    /** Keeps vectors; those of chunks that are gone meanwhile are passed over. */
    void keepVectors(String fingerprint, List<EmbeddedChunk> chunks);
}
