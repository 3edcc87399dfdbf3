package dev.ibid.models;

import ai.onnxruntime.OrtException;

import dev.ibid.failure.Failure;
import dev.ibid.threads.ComputePool;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * all-MiniLM-L6-v2, quantised, in this process: no key and no network. It reads the first 510 word
 * pieces of a text (langchain4j's class for the same file stops at 126). Text without any word
 * piece, the empty one too, has the vector of the model's bare start and end marks.
 *
 * <p>Passages share one thread a core; a query has a thread of its own, so it never waits behind
 * them: with every core at work on passages the operating system still gives it its share at once.
 */
public final class MiniLmEmbedder implements Embedder {

    private static final Logger log = LoggerFactory.getLogger(MiniLmEmbedder.class);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    static final String MODEL_NAME = "all-minilm-l6-v2-q";
    private static final int DIMENSION = 384;
    private static final int BATCHES_WAITING = 32;
    private static final int QUERIES_WAITING = 128;
    private static final String MODEL = "/all-minilm-l6-v2-q.onnx";

    private final int splitter;
    private final ComputePool passages;
    private final ComputePool queries;
    private final WordPieceTokenizer tokenizer;
    private final SentenceModel model;

    /**
     * @param cacheDir a folder that this process may write, for native libraries; it is made when
     *     missing
     * @param workers how many passages are embedded at the same time: the number of cores
     * @param splitter the version of the splitter whose pieces are embedded
     */
    public MiniLmEmbedder(Path cacheDir, int workers, int splitter) {
        this(
                cacheDir,
                splitter,
                new ComputePool("embed-passages", workers, workers * BATCHES_WAITING),
                new ComputePool("embed-query", 1, QUERIES_WAITING));
    }

    MiniLmEmbedder(Path cacheDir, int splitter, ComputePool passages, ComputePool queries) {
        this.splitter = splitter;
        this.passages = passages;
        this.queries = queries;
        this.tokenizer = WordPieceTokenizer.miniLm(cacheDir);
        try (InputStream onnx = resource(MODEL)) {
            this.model =
                    new SentenceModel(
                            NativeLibraries.onnxruntime(cacheDir), onnx.readAllBytes(), DIMENSION);
        } catch (IOException unreadable) {
            throw new UncheckedIOException("The embedding model could not be unpacked", unreadable);
        } catch (OrtException unusable) {
            throw new IllegalStateException("The embedding model could not be loaded", unusable);
        }
    }

    @Override
    public EmbeddingFingerprint fingerprint() {
        return new EmbeddingFingerprint("local", MODEL_NAME, DIMENSION, "", splitter);
    }

    /**
     * {@inheritDoc}
     *
     * <p>One call takes one place a worker in the queue, however many passages it brings.
     */
    @Override
    public List<float[]> embedPassages(List<String> texts) {
        float[][] vectors = new float[texts.size()][];
        AtomicInteger next = new AtomicInteger();
        List<Future<Integer>> workers = new ArrayList<>();
        try {
            for (int i = 0; i < Math.min(passages.threads(), texts.size()); i++) {
                workers.add(passages.submit(() -> embedFrom(next, texts, vectors)));
            }
            workers.forEach(ComputePool::await);
        } finally {
            // Whoever still works for a call that was refused, failed or interrupted finds nothing
            // left to do.
            next.set(texts.size());
        }
        return Arrays.asList(vectors);
    }

    private int embedFrom(AtomicInteger next, List<String> texts, float[][] vectors) {
        int done = 0;
        for (int i = next.getAndIncrement(); i < texts.size(); i = next.getAndIncrement()) {
            vectors[i] = embed(texts.get(i));
            done++;
        }
        return done;
    }

    @Override
    public float[] embedQuery(String query) {
        return queries.call(() -> embed(query));
    }

    private float[] embed(String text) {
        try {
            return model.vector(tokenizer.input(text));
        } catch (OrtException failed) {
            throw Failure.of(
                            Failure.Kind.PROVIDER,
                            "embedding_failed",
                            "The embedding model failed on this text. Try again; if it fails again,"
                                    + " tell the operator.")
                    .causedBy(failed);
        }
    }

    Tokenizer tokenizer() {
        return tokenizer;
    }

    /** Lets running work end first: native memory may not be freed under it. */
    @Override
    public void close() {
        boolean queriesStopped = queries.close(PATIENCE);
        boolean passagesStopped = passages.close(PATIENCE);
        if (queriesStopped && passagesStopped) {
            model.close();
            tokenizer.close();
        } else {
            log.warn(
                    "Embedding was still under way after {}; its memory is left to the end of the"
                            + " process",
                    PATIENCE);
        }
    }

    private static InputStream resource(String name) throws IOException {
        InputStream resource = MiniLmEmbedder.class.getResourceAsStream(name);
        if (resource == null) {
            throw new IOException("Not on the class path: " + name);
        }
        return resource;
    }
}
