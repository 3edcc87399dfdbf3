package dev.ibid.knowledge;

import dev.ibid.http.Routes;
import dev.ibid.threads.RequestThreads;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;

/** The life of the knowledge room: the indexes follow the log from its start to its end. */
public final class KnowledgeVerticle extends VerticleBase {

    private static final int MOST_REQUESTS = 256;

    private final RequestThreads threads = new RequestThreads("knowledge", MOST_REQUESTS);
    private final Followers followers;
    private final Routes routes;

    public KnowledgeVerticle(Retrieval retrieval, Followers followers) {
        this.followers = followers;
        this.routes = new KnowledgeRoutes(threads, retrieval);
    }

    public Routes routes() {
        return routes;
    }

    /** Says that the log may have grown. */
    public void wake() {
        followers.wake();
    }

    @Override
    public Future<?> start() {
        followers.start();
        return Future.succeededFuture();
    }

    @Override
    public Future<?> stop() {
        return vertx.executeBlocking(() -> {
            threads.close();
            followers.close();
            return null;
        });
    }
}
