package dev.ibid.http;

import io.vertx.core.http.HttpServerResponse;

import java.util.Map;

/** What stands on every answer, whatever it is. */
final class StandardHeaders {

    private StandardHeaders() {}

    static Map<String, String> of(String requestId) {
        return Map.of(
                "X-Content-Type-Options",
                "nosniff",
                "Referrer-Policy",
                "no-referrer",
                "X-Frame-Options",
                "DENY",
                "Content-Security-Policy",
                "default-src 'none'; frame-ancestors 'none'",
                "Cache-Control",
                "no-store",
                RequestId.HEADER,
                requestId);
    }

    static void put(HttpServerResponse response, String requestId) {
        of(requestId).forEach(response::putHeader);
    }
}
