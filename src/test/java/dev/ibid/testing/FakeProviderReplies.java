package dev.ibid.testing;

import dev.ibid.json.Json;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;

import java.util.Map;

/** Sends answers in one piece. */
final class FakeProviderReplies {

    private FakeProviderReplies() {}

    static void refuse(HttpServerRequest socket, int status, String message) {
        send(
                socket,
                status,
                Map.of("error", Map.of("message", message, "type", "invalid_request_error")));
    }

    static void canned(HttpServerRequest socket, FakeProviderScript.Canned canned) {
        socket.response()
                .setStatusCode(canned.status())
                .putHeader("Content-Type", canned.contentType());
        canned.headers().forEach(socket.response()::putHeader);
        socket.response().end(canned.body());
    }

    static void send(HttpServerRequest socket, int status, Object json) {
        socket.response()
                .setStatusCode(status)
                .putHeader("Content-Type", "application/json")
                .end(Buffer.buffer(Json.bytes(json)));
    }
}
