package dev.ibid;

import dev.ibid.failure.Failure;
import dev.ibid.knowledge.DenseWeight;
import dev.ibid.knowledge.Follower;
import dev.ibid.knowledge.Followers;
import dev.ibid.knowledge.MissingVectors;
import dev.ibid.knowledge.ModelSwitch;
import dev.ibid.knowledge.Retrieval;
import dev.ibid.models.AnsweringEmbedding;
import dev.ibid.models.CurrentEmbedder;
import dev.ibid.models.Embedder;
import dev.ibid.models.EmbeddingConfig;
import dev.ibid.models.EmbeddingFingerprint;
import dev.ibid.models.EmbeddingModels;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * Which embedding models are open, and which of them answers: the configured one, or, until it has
 * vectors of everything, the one before it. Without either, search goes by words alone.
 */
final class Embeddings implements ModelSwitch.Successor, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Embeddings.class);
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(5);
    private static final Duration LONGEST_SEARCH = Duration.ofSeconds(12);

    private final EmbeddingConfig config;
    private final EmbeddingModels models;
    private final AnsweringEmbedding answering;
    private final VectorFolders folders;
    private final Followers followers;
    private final Embedder configured;
    private final CountDownLatch closing = new CountDownLatch(1);
    private volatile @Nullable VectorSide side;
    private volatile @Nullable VectorSide next;
    private volatile @Nullable VectorSide former;
    private volatile boolean pending;
    private volatile String trouble = "";
    private volatile Consumer<Retrieval.Dense> changed = dense -> {};

    private Embeddings(
            EmbeddingConfig config,
            EmbeddingModels models,
            AnsweringEmbedding answering,
            VectorFolders folders,
            Followers followers) {
        this.config = config;
        this.models = models;
        this.answering = answering;
        this.folders = folders;
        this.followers = followers;
        Optional<EmbeddingFingerprint> current = answering.current();
        Optional<EmbeddingFingerprint> known =
                current.filter(fingerprint -> models.makes(config, fingerprint));
        this.configured =
                known.isPresent() ? models.open(config, known.get()) : models.open(config);
        this.pending = current.isPresent() && known.isEmpty();
    }

    static Embeddings open(
            EmbeddingConfig config,
            EmbeddingModels models,
            AnsweringEmbedding answering,
            VectorFolders folders,
            Followers followers) {
        Embeddings embeddings = new Embeddings(config, models, answering, folders, followers);
        try {
            embeddings.serve(answering.current());
            return embeddings;
        } catch (RuntimeException failed) {
            embeddings.close();
            throw failed;
        }
    }

    private void serve(Optional<EmbeddingFingerprint> current) {
        if (current.isEmpty()) {
            if (!serveFirst()) {
                Thread.ofVirtual().name("embedding-model").start(this::awaitModel);
            }
        } else if (!pending) {
            take(folders.open(config, configured, current.get()));
        } else {
            serveEarlier(current.get());
        }
    }

    /** A model of which nothing is known yet must be asked for the length of its vectors. */
    private boolean serveFirst() {
        try {
            EmbeddingFingerprint first = answering.first(configured.fingerprint());
            take(folders.open(config, configured, first));
            return true;
        } catch (Failure away) {
            if (trouble.isEmpty()) {
                log.warn("The embedding model does not answer; trying again", away);
            }
            trouble = away.detail();
            return false;
        }
    }

    private void awaitModel() {
        try {
            while (!closing.await(BETWEEN_LOOKS.toMillis(), TimeUnit.MILLISECONDS)) {
                if (serveFirst()) {
                    log.info("The embedding model answers; search goes by meaning too");
                    return;
                }
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    private void serveEarlier(EmbeddingFingerprint earlier) {
        Optional<EmbeddingConfig> reachable = config.earlier(earlier);
        reachable.ifPresentOrElse(
                known -> take(folders.open(known, models.open(known, earlier), earlier)),
                () ->
                        trouble =
                                "The vectors there are were made by "
                                        + earlier.model()
                                        + " of "
                                        + earlier.provider()
                                        + ", which is not set up any more.");
        log.warn("{}", described());
    }

    private synchronized void take(VectorSide next) {
        if (closing.getCount() == 0) {
            next.index().close();
            return;
        }
        side = next;
        trouble = "";
        followers.put(next.follower());
        changed.accept(next.dense());
    }

    /** Tells what to find by from now on, at once and whenever it changes. */
    void onChange(Consumer<Retrieval.Dense> listener) {
        changed = listener;
        listener.accept(dense());
    }

    Retrieval.Dense dense() {
        VectorSide now = side;
        return now == null ? wordsAlone() : now.dense();
    }

    private Retrieval.Dense wordsAlone() {
        return new Retrieval.Dense(
                (vector, scope, limit) -> List.of(),
                query -> {
                    throw Failure.unavailable(
                            described(), BETWEEN_LOOKS, new IllegalStateException(trouble));
                },
                DenseWeight.anyLanguage());
    }

    /** What is embedded again where a vector of the model that answers is missing. */
    Optional<MissingVectors> missing() {
        return Optional.ofNullable(side).map(now -> missing(now.fingerprint(), now.embedder()));
    }

    private MissingVectors missing(EmbeddingFingerprint fingerprint, Embedder embedder) {
        return new MissingVectors(folders.contents(), fingerprint.slug(), embedder::embedPassages);
    }

    @Override
    public boolean isWaiting() {
        return pending;
    }

    @Override
    public MissingVectors vectors() {
        return missing(configured.fingerprint(), configured);
    }

    @Override
    public Follower open() {
        VectorSide opened = folders.open(config, configured, configured.fingerprint());
        next = opened;
        opened.index().clear();
        opened.follower().start();
        return opened.follower();
    }

    @Override
    public void giveUp() {
        VectorSide opened = next;
        next = null;
        if (opened != null) {
            opened.follower().close();
            opened.index().close();
        }
    }

    @Override
    public boolean takeOver() {
        VectorSide opened = Objects.requireNonNull(next);
        if (!answering.become(opened.fingerprint())) {
            return false;
        }
        VectorSide old = side;
        next = null;
        side = opened;
        pending = false;
        trouble = "";
        followers.replace(opened.follower());
        changed.accept(opened.dense());
        if (old != null) {
            former = old;
            old.follower().close();
        }
        log.info("Search goes by {}", described());
        return true;
    }

    /** A search that began with the former model has as long as a search may take. */
    @Override
    public void dropOthers() {
        VectorSide now = side;
        if (now == null || pending) {
            return;
        }
        if (former != null) {
            LockSupport.parkNanos(LONGEST_SEARCH.toNanos());
            closeFormer();
        }
        answering.dropOthers(now.fingerprint());
        folders.deleteOthers(now.fingerprint());
    }

    private synchronized void closeFormer() {
        VectorSide old = former;
        former = null;
        if (old != null) {
            old.index().close();
            old.embedder().close();
        }
    }

    /** What embeds the passages of documents: the model that answers, if it can be had. */
    Embedder embedder() {
        return new CurrentEmbedder(() -> {
            VectorSide now = side;
            return now == null ? configured : now.embedder();
        });
    }

    /** Whether everything is as it was configured. */
    boolean settled() {
        return side != null && !pending;
    }

    /** In words, what search goes by. */
    String described() {
        VectorSide now = side;
        String by =
                now == null
                        ? "words alone. " + trouble
                        : "words and by vectors of " + now.config().title();
        return pending
                ? by
                        + " ("
                        + config.title()
                        + " takes over once 'ibid reindex' was run and has embedded everything)"
                : by;
    }

    @Override
    public synchronized void close() {
        closing.countDown();
        closeFormer();
        VectorSide now = side;
        if (now != null) {
            now.index().close();
            now.embedder().close();
        }
        if (now == null || !now.embedder().equals(configured)) {
            configured.close();
        }
    }
}
