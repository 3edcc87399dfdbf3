package dev.ibid.models;

import dev.ibid.models.EmbeddingFailures.Unusable;
import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.embedding.EmbeddingModel;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.ReentrantLock;

/**
 * An embedding model behind one of langchain4j's, over a transport of its own. A failure that may
 * pass is tried once more, after the pause that the provider asks for if it is short; everything
 * else is left to the caller, who knows how long the work may wait.
 */
final class LangchainEmbedder implements Embedder {

    /** Gemini and Cohere take about a hundred; what one request may hold of text is far more. */
    private static final int BATCH = 32;

    private static final Duration PAUSE = Duration.ofMillis(300);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    /** Langchain4j's model for each kind of call: a question is not waited for as long. */
    record Models(EmbeddingModel passages, EmbeddingModel queries) {}

    private final EmbeddingConfig config;
    private final int splitter;
    private final VertxHttpTransport transport;
    private final Models models;
    private final EmbeddingFailures failures;
    private final ReentrantLock probing = new ReentrantLock();
    private volatile int dimension;

    /**
     * @param dimension of its vectors, or 0 if the model must be asked first
     */
    LangchainEmbedder(
            EmbeddingConfig config,
            int splitter,
            int dimension,
            VertxHttpTransport transport,
            Models models) {
        this.config = config;
        this.splitter = splitter;
        this.dimension = dimension;
        this.transport = transport;
        this.models = models;
        this.failures = new EmbeddingFailures(config.account());
    }

    @Override
    public EmbeddingFingerprint fingerprint() {
        return new EmbeddingFingerprint(
                config.source().id(),
                config.model(),
                dimension(),
                config.habits().passagePrefix(),
                splitter);
    }

    private int dimension() {
        probing.lock();
        try {
            if (dimension == 0) {
                dimension = ask(models.queries(), List.of("dimension")).getFirst().length;
            }
            return dimension;
        } finally {
            probing.unlock();
        }
    }

    @Override
    public List<float[]> embedPassages(List<String> passages) {
        String prefix = config.habits().passagePrefix();
        List<float[]> vectors = new ArrayList<>();
        for (int from = 0; from < passages.size(); from += BATCH) {
            List<String> batch = passages.subList(from, Math.min(from + BATCH, passages.size()));
            List<String> texts = batch.stream().map(prefix::concat).toList();
            vectors.addAll(checked(ask(models.passages(), texts)));
        }
        return vectors;
    }

    @Override
    public float[] embedQuery(String query) {
        String text = config.habits().queryPrefix() + query;
        return checked(ask(models.queries(), List.of(text))).getFirst();
    }

    /** A server that was given another model under the same name is not asked again for that. */
    private List<float[]> checked(List<float[]> vectors) {
        int expected = dimension();
        vectors.stream()
                .filter(vector -> vector.length != expected)
                .findAny()
                .ifPresent(other -> {
                    throw failures.otherDimension(other.length, expected);
                });
        return vectors;
    }

    private List<float[]> ask(EmbeddingModel model, List<String> texts) {
        try {
            return once(model, texts);
        } catch (RuntimeException first) {
            ModelTrouble trouble = failures.of(first);
            Duration pause = trouble.pause() == null ? PAUSE : trouble.pause();
            if (!trouble.passing()
                    || Thread.currentThread().isInterrupted()
                    || pause.compareTo(LONGEST_PAUSE) > 0) {
                throw trouble.failure();
            }
            rest(pause);
        }
        try {
            return once(model, texts);
        } catch (RuntimeException second) {
            throw failures.of(second).failure();
        }
    }

    private static List<float[]> once(EmbeddingModel model, List<String> texts) {
        List<Embedding> embeddings =
                model.embedAll(texts.stream().map(TextSegment::from).toList()).content();
        if (embeddings.size() != texts.size()) {
            throw new Unusable(embeddings.size() + " vectors of " + texts.size() + " texts");
        }
        return embeddings.stream().map(embedding -> UnitVectors.of(embedding.vector())).toList();
    }

    /**
     * At random a little longer, so that those who were refused together do not return together.
     */
    private static void rest(Duration pause) {
        long extra = ThreadLocalRandom.current().nextLong(PAUSE.toMillis());
        try {
            Thread.sleep(pause.plusMillis(extra));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new CancellationException("Interrupted while waiting to ask a model again");
        }
    }

    @Override
    public void close() {
        transport.close();
    }
}
