package dev.ibid.documents;

import dev.ibid.http.Routes;
import dev.ibid.threads.RequestThreads;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;

/** The life of the documents room. */
public final class DocumentsVerticle extends VerticleBase {

    private static final Logger log = LoggerFactory.getLogger(DocumentsVerticle.class);
    private static final Duration SWEEP_EVERY = Duration.ofHours(1);
    private static final int MOST_REQUESTS = 512;

    private final RequestThreads threads = new RequestThreads("documents", MOST_REQUESTS);
    private final Deletion deletion;
    private final Routes routes;

    /**
     * @param queued told after files were queued
     */
    public DocumentsVerticle(
            DocumentsConfig config,
            Documents documents,
            Collections collections,
            Originals originals,
            Runnable queued) {
        this.deletion = new Deletion(documents, collections, originals);
        this.routes =
                new DocumentRoutes(
                        threads, config, documents, collections, originals, deletion, queued);
    }

    public Routes routes() {
        return routes;
    }

    @Override
    public Future<?> start() {
        sweep();
        vertx.setPeriodic(SWEEP_EVERY.toMillis(), due -> sweep());
        return Future.succeededFuture();
    }

    @Override
    public Future<?> stop() {
        return vertx.executeBlocking(() -> {
            threads.close();
            return null;
        });
    }

    private void sweep() {
        threads.run(() -> {
            try {
                deletion.sweepOrphans();
            } catch (RuntimeException later) {
                log.warn("Orphaned originals were not swept; the next round will try again", later);
            }
        });
    }
}
