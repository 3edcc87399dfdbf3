package dev.ibid.ingestion;

import dev.ibid.extraction.ExtractedText;
import dev.ibid.ingestion.Jobs.Lease;
import dev.ibid.knowledge.Chunk;
import dev.ibid.knowledge.EmbeddedChunk;

import java.util.List;
import java.util.Optional;

/**
 * Where the work on a document version is kept as it is done, so that another attempt goes on from
 * there. Every write throws {@link Jobs.LeaseLost} when the lease is no longer the current one.
 * What takes the work further for good (the text, all chunks, a batch of vectors) forgives the job
 * its earlier troubles.
 */
public interface Checkpoints {

    void progress(Lease lease, Stage stage, int done, int total);

    Optional<ExtractedText> text(Lease lease);

    /** Chunks that were kept of an earlier text do not count any more. */
    void keepText(Lease lease, ExtractedText text);

    /** How many chunks the version has; empty until all are kept, and cut by this splitter. */
    Optional<Integer> chunks(Lease lease, int splitterVersion);

    /**
     * Keeps the next chunks in order. The first of them replaces all that an earlier attempt kept,
     * with its vectors; the last makes them complete.
     *
     * @param total how many the version has; with 0 the slice is empty
     */
    void keepChunks(Lease lease, int splitterVersion, List<Chunk> slice, int total);

    /** How many chunks of the version have no vector of this fingerprint. */
    int withoutVector(Lease lease, String fingerprint);

    /** Chunks that have no vector of this fingerprint, by ordinal, from {@code ordinal} on. */
    List<Chunk> nextWithoutVector(Lease lease, String fingerprint, int ordinal, int limit);

    /** These chunks need not be embedded again; {@code done} of {@code total} have a vector now. */
    void keepVectors(
            Lease lease, String fingerprint, List<EmbeddedChunk> chunks, int done, int total);
}
