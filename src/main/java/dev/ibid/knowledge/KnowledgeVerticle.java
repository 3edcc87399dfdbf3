package dev.ibid.knowledge;

import dev.ibid.http.Routes;
import dev.ibid.threads.RequestThreads;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;

import java.time.Duration;

/**
 * The life of the knowledge room: the indexes follow the log from its start to its end, and are
 * held against the library now and then.
 */
public final class KnowledgeVerticle extends VerticleBase {

    private static final int MOST_REQUESTS = 256;
    private static final Duration FIRST_CHECK = Duration.ofMinutes(5);
    private static final Duration BETWEEN_CHECKS = Duration.ofDays(1);

    private final RequestThreads threads = new RequestThreads("knowledge", MOST_REQUESTS);
    private final Followers followers;
    private final IndexWork work;
    private final Routes routes;
    private final Routes indexRoutes;

    public KnowledgeVerticle(
            Retrieval retrieval,
            Followers followers,
            IndexTasks tasks,
            Healing healing,
            ModelSwitch modelSwitch) {
        this.followers = followers;
        this.work = new IndexWork(tasks, healing, modelSwitch::run, FIRST_CHECK, BETWEEN_CHECKS);
        this.routes = new KnowledgeRoutes(threads, retrieval);
        this.indexRoutes = new IndexRoutes(threads, tasks);
    }

    public Routes routes() {
        return routes;
    }

    /** For administrators. */
    public Routes indexRoutes() {
        return indexRoutes;
    }

    /** Says that the log may have grown. */
    public void wake() {
        followers.wake();
    }

    @Override
    public Future<?> start() {
        followers.start();
        work.start();
        return Future.succeededFuture();
    }

    @Override
    public Future<?> stop() {
        return vertx.executeBlocking(() -> {
            threads.close();
            work.close();
            followers.close();
            return null;
        });
    }
}
