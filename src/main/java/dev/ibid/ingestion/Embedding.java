package dev.ibid.ingestion;

import dev.ibid.failure.Failure;
import dev.ibid.ingestion.Jobs.Lease;
import dev.ibid.knowledge.Chunk;
import dev.ibid.knowledge.EmbeddedChunk;
import dev.ibid.models.Embedder;

import java.util.List;
import java.util.stream.IntStream;

/** The last step before a document is ready: a vector for each chunk, batch by batch. */
final class Embedding {

    private static final int BATCH = 16;

    /** How many chunks are read at once. */
    private static final int SLICE = 8 * BATCH;

    private final Checkpoints checkpoints;
    private final Embedder embedder;
    private final Runnable goOn;

    /**
     * @param goOn asked before each batch; throws when the work is to end
     */
    Embedding(Checkpoints checkpoints, Embedder embedder, Runnable goOn) {
        this.checkpoints = checkpoints;
        this.embedder = embedder;
        this.goOn = goOn;
    }

    /**
     * Goes on where an earlier attempt stood, with the model that is at work, and again if another
     * took its place meanwhile.
     *
     * @param total chunks of the version
     * @return how many have a vector now
     */
    int embed(Lease lease, int total) {
        Embedder used = embedder.current();
        int done = embed(lease, total, used);
        while (!used.equals(embedder.current())) {
            used = embedder.current();
            done = embed(lease, total, used);
        }
        return done;
    }

    private int embed(Lease lease, int total, Embedder model) {
        String fingerprint = model.fingerprint().slug();
        int done = total - checkpoints.withoutVector(lease, fingerprint);
        checkpoints.progress(lease, Stage.EMBEDDING, done, total);
        int next = 0;
        while (done < total) {
            List<Chunk> slice = checkpoints.nextWithoutVector(lease, fingerprint, next, SLICE);
            if (slice.isEmpty()) {
                throw new Jobs.LeaseLost(lease);
            }
            for (int from = 0; from < slice.size(); from += BATCH) {
                goOn.run();
                List<Chunk> batch = slice.subList(from, Math.min(from + BATCH, slice.size()));
                done += batch.size();
                checkpoints.keepVectors(lease, fingerprint, embedded(batch, model), done, total);
            }
            next = slice.getLast().ordinal() + 1;
        }
        return done;
    }

    private static List<EmbeddedChunk> embedded(List<Chunk> batch, Embedder model) {
        List<float[]> vectors =
                model.embedPassages(batch.stream().map(Chunk::indexedText).toList());
        int dimension = model.fingerprint().dimension();
        if (vectors.size() != batch.size()
                || !vectors.stream().allMatch(vector -> isVector(vector, dimension))) {
            throw Failure.of(
                    Failure.Kind.PROVIDER,
                    "embedding_failed",
                    "The embedding model answered with something that cannot be searched. Try again"
                            + " later; if it happens again, tell whoever runs the server.");
        }
        return IntStream.range(0, batch.size())
                .mapToObj(at -> new EmbeddedChunk(batch.get(at), vectors.get(at)))
                .toList();
    }

    private static boolean isVector(float[] vector, int dimension) {
        float squares = 0;
        for (float each : vector) {
            squares += each * each;
        }
        return vector.length == dimension && Float.isFinite(squares) && squares > 0;
    }
}
