package dev.ibid.knowledge;

import dev.ibid.http.Routes;
import dev.ibid.threads.RequestThreads;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;

import java.util.List;

/** The life of the knowledge room: the indexes follow the log from its start to its end. */
public final class KnowledgeVerticle extends VerticleBase {

    private static final int MOST_REQUESTS = 256;

    private final RequestThreads threads = new RequestThreads("knowledge", MOST_REQUESTS);
    private final List<Follower> followers;
    private final Routes routes;

    public KnowledgeVerticle(Retrieval retrieval, List<Follower> followers) {
        this.followers = List.copyOf(followers);
        this.routes = new KnowledgeRoutes(threads, retrieval);
    }

    public Routes routes() {
        return routes;
    }

    /** Says that the log may have grown. */
    public void wake() {
        followers.forEach(Follower::wake);
    }

    @Override
    public Future<?> start() {
        followers.forEach(Follower::start);
        return Future.succeededFuture();
    }

    @Override
    public Future<?> stop() {
        return vertx.executeBlocking(() -> {
            threads.close();
            followers.reversed().forEach(Follower::close);
            return null;
        });
    }
}
