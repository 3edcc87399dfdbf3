package dev.ibid.documents;

import dev.ibid.http.Routes;
import dev.ibid.threads.RequestThreads;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/** The life of the documents room. */
public final class DocumentsVerticle extends VerticleBase {

    private static final Logger log = LoggerFactory.getLogger(DocumentsVerticle.class);
    private static final Duration SWEEP_EVERY = Duration.ofHours(1);
    private static final Duration ERASE_EVERY = Duration.ofSeconds(2);
    private static final Duration LOOK_EVERY = Duration.ofMillis(500);
    private static final int MOST_REQUESTS = 512;
    private static final int MOST_CHORES = 16;

    private final RequestThreads threads = new RequestThreads("documents", MOST_REQUESTS);
    private final RequestThreads chores = new RequestThreads("documents-chores", MOST_CHORES);
    private final OrphanSweep orphans;
    private final Erasure erasure;
    private final AtomicBoolean erasing = new AtomicBoolean();
    private final DocumentWatch watch;
    private final Routes files;
    private final Routes collections;

    /**
     * @param queued told after files were queued
     */
    public DocumentsVerticle(DocumentsConfig config, DocumentStores stores, Runnable queued) {
        this.orphans = new OrphanSweep(stores.documents(), stores.originals());
        this.erasure = new Erasure(stores.erasures(), stores.originals(), stores.elsewhere());
        this.watch = new DocumentWatch(stores.changes());
        Rights rights = new Rights(stores.documents(), stores.collections());
        Deletion deletion = new Deletion(stores.documents(), stores.collections(), rights);
        this.files = new DocumentRoutes(threads, config, stores, rights, deletion, watch, queued);
        this.collections = new CollectionRoutes(threads, stores.collections(), rights, deletion);
    }

    public Routes routes() {
        return files;
    }

    public Routes collectionRoutes() {
        return collections;
    }

    @Override
    public Future<?> start() {
        chores.run(orphans::run);
        vertx.setPeriodic(SWEEP_EVERY.toMillis(), due -> chores.run(orphans::run));
        vertx.setPeriodic(0, ERASE_EVERY.toMillis(), due -> erase());
        vertx.setPeriodic(LOOK_EVERY.toMillis(), due -> look());
        return Future.succeededFuture();
    }

    @Override
    public Future<?> stop() {
        watch.close();
        return vertx.executeBlocking(() -> {
            chores.close();
            threads.close();
            return null;
        });
    }

    private void look() {
        if (watch.isWatched()) {
            chores.run(watch::look);
        }
    }

    /** One round at a time. */
    private void erase() {
        if (erasing.compareAndSet(false, true)) {
            chores.run(() -> {
                try {
                    erasure.round();
                } catch (RuntimeException later) {
                    log.warn("Deletions cannot be seen through right now: {}", later.getMessage());
                } finally {
                    erasing.set(false);
                }
            });
        }
    }
}
