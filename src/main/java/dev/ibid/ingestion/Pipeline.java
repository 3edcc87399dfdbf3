package dev.ibid.ingestion;

import com.github.f4b6a3.uuid.UuidCreator;

import dev.ibid.documents.Originals;
import dev.ibid.extraction.DocumentParser;
import dev.ibid.extraction.ExtractedText;
import dev.ibid.failure.Failure;
import dev.ibid.ingestion.Jobs.Lease;
import dev.ibid.ingestion.Turns.Turn;
import dev.ibid.knowledge.Chunk;
import dev.ibid.models.Embedder;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;

/**
 * The document's path, step by step. Each step keeps its result, and is passed over when an earlier
 * attempt had kept it. However large the document is, only its text is ever in memory as a whole.
 */
final class Pipeline {

    /** How many chunks are written at once. */
    private static final int SLICE = 256;

    private final Jobs jobs;
    private final Checkpoints checkpoints;
    private final Originals originals;
    private final DocumentParser parser;
    private final Splitter splitter;
    private final Embedding embedding;
    private final BooleanSupplier stopping;
    private final IngestionMeters meters;

    Pipeline(
            Jobs jobs,
            Checkpoints checkpoints,
            Originals originals,
            DocumentParser parser,
            Splitter splitter,
            Embedder embedder,
            BooleanSupplier stopping,
            IngestionMeters meters) {
        this.jobs = jobs;
        this.checkpoints = checkpoints;
        this.originals = originals;
        this.parser = parser;
        this.splitter = splitter;
        this.embedding = new Embedding(checkpoints, embedder, this::goOn);
        this.stopping = stopping;
        this.meters = meters;
    }

    /** Everything but the publishing. */
    void prepare(Turn turn) throws Exception {
        Lease lease = turn.lease();
        Optional<Integer> chunks = checkpoints.chunks(lease, Splitter.VERSION);
        int total = chunks.isPresent() ? chunks.get() : chunks(lease);
        turn.textIsGone();
        meters.timed("embed", () -> embedding.embed(lease, total));
    }

    void publish(Lease lease) throws Exception {
        meters.timed(
                "publish",
                () -> {
                    jobs.publish(lease);
                    return lease;
                });
    }

    private int chunks(Lease lease) throws Exception {
        Optional<ExtractedText> kept = checkpoints.text(lease);
        ExtractedText text =
                kept.isPresent() ? kept.get() : meters.timed("extract", () -> extract(lease));
        return meters.timed("split", () -> split(lease, text));
    }

    private ExtractedText extract(Lease lease) throws Exception {
        checkpoints.progress(lease, Stage.PARSING, 0, 0);
        Path original = originals.path(lease.original());
        if (!Files.isReadable(original)) {
            throw Failure.of(
                    Failure.Kind.NOT_FOUND,
                    "source_missing",
                    "The uploaded file is no longer there. Upload it again.");
        }
        ExtractedText text =
                parser.parse(
                        original,
                        lease.mediaType(),
                        (done, total) -> checkpoints.progress(lease, Stage.PARSING, done, total));
        if (!lease.isLarge()) {
            LargeText.refuse(text);
        }
        checkpoints.keepText(lease, text);
        return text;
    }

    /** Returns how many chunks there are. */
    private int split(Lease lease, ExtractedText text) {
        List<Splitter.Piece> pieces = splitter.split(text);
        int from = 0;
        do {
            goOn();
            int to = Math.min(from + SLICE, pieces.size());
            List<Chunk> slice =
                    IntStream.range(from, to)
                            .mapToObj(at -> chunk(lease, text, pieces.get(at), at))
                            .toList();
            checkpoints.keepChunks(lease, Splitter.VERSION, slice, pieces.size());
            from = to;
        } while (from < pieces.size());
        return pieces.size();
    }

    private void goOn() {
        if (stopping.getAsBoolean()) {
            throw new CancellationException("the server is stopping");
        }
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
}
