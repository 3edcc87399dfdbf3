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
 */
public interface Checkpoints {

    void progress(Lease lease, Stage stage, int done, int total);

    Optional<ExtractedText> text(Lease lease);

    void keepText(Lease lease, ExtractedText text);

    /** Replaces what an earlier attempt kept, unless it is the same. */
    void keepChunks(Lease lease, List<Chunk> chunks);

    List<Chunk> chunksWithoutVector(Lease lease, String fingerprint);

    /** These chunks need not be embedded again. */
    void keepVectors(Lease lease, String fingerprint, List<EmbeddedChunk> chunks);
}
