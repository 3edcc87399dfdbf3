package dev.ibid.http;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.net.HostAndPort;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.CorsHandler;

import java.util.List;
import java.util.Set;

/** Lets pages of other sites call the API, if the site is named. */
final class Origins implements Handler<RoutingContext> {

    private final CorsHandler others;

    Origins(List<String> allowed) {
        this.others =
                CorsHandler.create()
                        .addOrigins(allowed)
                        .allowedMethods(
                                Set.of(
                                        HttpMethod.GET,
                                        HttpMethod.POST,
                                        HttpMethod.PUT,
                                        HttpMethod.PATCH,
                                        HttpMethod.DELETE))
                        .allowedHeaders(
                                Set.of(
                                        "Authorization",
                                        "Content-Type",
                                        Idempotency.HEADER,
                                        "Last-Event-ID"))
                        .exposedHeaders(Set.of(RequestId.HEADER, "Retry-After"));
    }

    @Override
    public void handle(RoutingContext routing) {
        if (isOurOwn(routing)) {
            routing.next();
        } else {
            others.handle(routing);
        }
    }

    /**
     * The scheme is left out: behind a proxy that ends TLS it is not known here, and to pass a page
     * of the same host on grants nothing that a browser would not.
     */
    private static boolean isOurOwn(RoutingContext routing) {
        String origin = routing.request().getHeader("Origin");
        HostAndPort host = routing.request().authority();
        return origin != null
                && host != null
                && origin.replaceFirst("^https?://", "").equalsIgnoreCase(host.toString());
    }
}
