package dev.ibid.ingestion;

import com.github.f4b6a3.uuid.UuidCreator;

import dev.ibid.documents.Originals;
import dev.ibid.extraction.DocumentParser;
import dev.ibid.extraction.ExtractedText;
import dev.ibid.extraction.ParseFailure;
import dev.ibid.ingestion.Jobs.Lease;
import dev.ibid.knowledge.Chunk;
import dev.ibid.knowledge.EmbeddedChunk;
import dev.ibid.models.Embedder;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;

/**
 * The document's path, step by step. Each step keeps its result, and is passed over when an earlier
 * attempt had kept it.
 */
final class Pipeline {

    private static final int BATCH = 16;

    private final Jobs jobs;
    private final Checkpoints checkpoints;
    private final Originals originals;
    private final DocumentParser parser;
    private final Splitter splitter;
    private final Embedder embedder;
    private final BooleanSupplier stopping;
    private final MeterRegistry meters;

    Pipeline(
            Jobs jobs,
            Checkpoints checkpoints,
            Originals originals,
            DocumentParser parser,
            Splitter splitter,
            Embedder embedder,
            BooleanSupplier stopping,
            MeterRegistry meters) {
        this.jobs = jobs;
        this.checkpoints = checkpoints;
        this.originals = originals;
        this.parser = parser;
        this.splitter = splitter;
        this.embedder = embedder;
        this.stopping = stopping;
        this.meters = meters;
    }

    void run(Lease lease) throws Exception {
        Optional<ExtractedText> kept = checkpoints.text(lease);
        ExtractedText text = kept.isPresent() ? kept.get() : timed("extract", () -> extract(lease));
        timed("split", () -> split(lease, text));
        timed("embed", () -> embed(lease));
        timed("publish", () -> publish(lease));
    }

    private ExtractedText extract(Lease lease) throws ParseFailure {
        checkpoints.progress(lease, Stage.PARSING, 0, 0);
        Path original = originals.path(lease.original());
        if (!Files.isReadable(original)) {
            throw new ParseFailure(
                    ParseFailure.Code.SOURCE_MISSING,
                    "The uploaded file is no longer there. Upload it again.");
        }
        ExtractedText text =
                parser.parse(
                        original,
                        lease.mediaType(),
                        (done, total) -> checkpoints.progress(lease, Stage.PARSING, done, total));
        checkpoints.keepText(lease, text);
        return text;
    }

    private List<Chunk> split(Lease lease, ExtractedText text) {
        List<Chunk> chunks = new ArrayList<>();
        for (Splitter.Piece piece : splitter.split(text)) {
            chunks.add(chunk(lease, text, piece, chunks.size()));
        }
        checkpoints.keepChunks(lease, chunks);
        return chunks;
    }

    /** With the model that is at work, and again if another took its place meanwhile. */
    private List<Chunk> embed(Lease lease) {
        Embedder used = embedder.current();
        List<Chunk> embedded = embed(lease, used);
        while (!used.equals(embedder.current())) {
            used = embedder.current();
            embedded = embed(lease, used);
        }
        return embedded;
    }

    private List<Chunk> embed(Lease lease, Embedder embedder) {
        String fingerprint = embedder.fingerprint().slug();
        List<Chunk> missing = checkpoints.chunksWithoutVector(lease, fingerprint);
        checkpoints.progress(lease, Stage.EMBEDDING, 0, missing.size());
        for (int from = 0; from < missing.size(); from += BATCH) {
            if (stopping.getAsBoolean()) {
                throw new CancellationException("the server is stopping");
            }
            List<Chunk> batch = missing.subList(from, Math.min(from + BATCH, missing.size()));
            checkpoints.keepVectors(lease, fingerprint, embedded(batch, embedder));
            checkpoints.progress(lease, Stage.EMBEDDING, from + batch.size(), missing.size());
        }
        return missing;
    }

    private static List<EmbeddedChunk> embedded(List<Chunk> batch, Embedder embedder) {
        List<float[]> vectors =
                embedder.embedPassages(batch.stream().map(Chunk::indexedText).toList());
        List<EmbeddedChunk> embedded = new ArrayList<>();
        for (int at = 0; at < batch.size(); at++) {
            embedded.add(new EmbeddedChunk(batch.get(at), vectors.get(at)));
        }
        return embedded;
    }

    private Lease publish(Lease lease) {
        jobs.publish(lease);
        return lease;
    }

    private static Chunk chunk(Lease lease, ExtractedText text, Splitter.Piece piece, int ordinal) {
        return new Chunk(
                chunkId(lease, ordinal),
                lease.documentId(),
                lease.version(),
                lease.collectionId(),
                ordinal,
                piece.start(),
                piece.end(),
                piece.page(),
                piece.locator(),
                piece.heading(),
                piece.context(),
                Places.of(text, piece.start(), piece.end()),
                text.text().substring(piece.start(), piece.end()));
    }

    /**
     * The same for the same version split by the same splitter, so that a repeated attempt replaces
     * and never adds.
     */
    private static UUID chunkId(Lease lease, int ordinal) {
        return UuidCreator.getNameBasedSha1(
                lease.documentId(), lease.version() + ":" + Splitter.VERSION + ":" + ordinal);
    }

    private <T> T timed(String stage, Callable<T> step) throws Exception {
        Timer.Sample sample = Timer.start(meters);
        try {
            return step.call();
        } finally {
            sample.stop(
                    Timer.builder("ingestion.stage")
                            .description("One stage of one document version")
                            .tag("stage", stage)
                            .register(meters));
        }
    }
}
