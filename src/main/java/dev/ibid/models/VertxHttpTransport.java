package dev.ibid.models;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.internal.VertxInternal;

import java.util.function.UnaryOperator;

/**
 * The sockets to one provider: a bounded pool of HTTP/1.1 connections, where closing one cancels
 * exactly the call it carries. Redirects are not followed.
 */
public final class VertxHttpTransport implements AutoCloseable {

    private final Vertx vertx;
    private final VertxHttpOptions options;
    private final UnaryOperator<String> bodies;
    private final HttpClient sockets;

    public VertxHttpTransport(Vertx vertx, VertxHttpOptions options) {
        this(vertx, options, UnaryOperator.identity());
    }

    /**
     * @param bodies changes what langchain4j would send, for a server that is nearly but not quite
     *     compatible
     */
    VertxHttpTransport(Vertx vertx, VertxHttpOptions options, UnaryOperator<String> bodies) {
        this.vertx = vertx;
        this.options = options;
        this.bodies = bodies;
        this.sockets = vertx.createHttpClient(client(options), pool(options));
    }

    /** What langchain4j's model builders take as their {@code httpClientBuilder}. */
    public VertxHttpClientBuilder clients() {
        return new VertxHttpClientBuilder(this);
    }

    Vertx vertx() {
        return vertx;
    }

    VertxHttpOptions options() {
        return options;
    }

    UnaryOperator<String> bodies() {
        return bodies;
    }

    HttpClient sockets() {
        return sockets;
    }

    /**
     * The caller's event loop where there is one, otherwise the next in turn: a thread that is not
     * Vert.x's would always get the same.
     */
    Context eventLoop() {
        Context current = Vertx.currentContext();
        if (current != null && current.isEventLoopContext() && current.owner().equals(vertx)) {
            return current;
        }
        return ((VertxInternal) vertx).createEventLoopContext();
    }

    private static HttpClientOptions client(VertxHttpOptions options) {
        HttpClientOptions client =
                new HttpClientOptions()
                        .setProtocolVersion(HttpVersion.HTTP_1_1)
                        .setConnectTimeout(Math.toIntExact(options.connectTimeout().toMillis()))
                        .setKeepAliveTimeout(15)
                        .setTcpKeepAlive(true);
        if (options.proxy() != null) {
            client.setProxyOptions(options.proxy());
            options.direct().forEach(client::addNonProxyHost);
        }
        if (options.trust() != null) {
            client.setTrustOptions(options.trust());
        }
        return client;
    }

    private static PoolOptions pool(VertxHttpOptions options) {
        return new PoolOptions()
                .setHttp1MaxSize(options.connections())
                .setMaxWaitQueueSize(options.waiting());
    }

    /** Cuts the calls under way. */
    @Override
    public void close() {
        sockets.close();
    }
}
