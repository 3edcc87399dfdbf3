package dev.ibid.http;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.StaticHandler;

/** Swagger UI over the contract, at {@code /api/docs}. */
final class ApiDocs {

    private static final String WEBJAR = "META-INF/resources/webjars/swagger-ui/5.34.1";

    /** Swagger UI writes style attributes; everything else stays on this server. */
    private static final String POLICY =
            "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; frame-ancestors 'none'";

    private ApiDocs() {}

    static void mount(Router router, Contract contract) {
        router.get("/").handler(routing -> redirect(routing, "/api/docs/"));
        router.get("/api/docs")
                .handler(routing -> {
                    if (routing.normalizedPath().endsWith("/")) {
                        routing.next();
                    } else {
                        redirect(routing, "/api/docs/");
                    }
                });
        router.route("/api/openapi.yaml")
                .method(HttpMethod.GET)
                .method(HttpMethod.HEAD)
                .handler(routing ->
                        routing.response()
                                .putHeader(
                                        HttpHeaders.CONTENT_TYPE, "application/yaml; charset=utf-8")
                                .end(contract.yaml()));
        router.get("/api/docs/*").handler(ApiDocs::relax);
        router.get("/api/docs/*").handler(StaticHandler.create("docs-ui"));
        router.get("/api/docs/*").handler(StaticHandler.create(WEBJAR));
    }

    private static void relax(RoutingContext routing) {
        routing.response().headers().remove(HttpHeaders.CACHE_CONTROL);
        routing.response().putHeader("Content-Security-Policy", POLICY);
        routing.next();
    }

    private static void redirect(RoutingContext routing, String to) {
        routing.response().setStatusCode(302).putHeader(HttpHeaders.LOCATION, to).end();
    }
}
