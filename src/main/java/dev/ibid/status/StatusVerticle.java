package dev.ibid.status;

import dev.ibid.http.Routes;
import dev.ibid.threads.RequestThreads;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;

import java.util.Map;
import java.util.Set;

/** The life of the status room. */
public final class StatusVerticle extends VerticleBase {

    private final RequestThreads threads = new RequestThreads("status", 64);
    private final Routes routes;

    /**
     * @param vital the checks without which the server is not ready
     */
    public StatusVerticle(
            Map<String, Check> checks,
            Set<String> vital,
            PrometheusMeterRegistry meters,
            String version) {
        this.routes = new StatusRoutes(threads, new Health(checks, vital), meters, version);
    }

    public Routes routes() {
        return routes;
    }

    @Override
    public Future<?> stop() {
        return vertx.executeBlocking(() -> {
            threads.close();
            return null;
        });
    }
}
