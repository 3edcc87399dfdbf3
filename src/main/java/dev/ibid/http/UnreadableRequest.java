package dev.ibid.http;

import dev.ibid.json.Json;

import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;

import org.jspecify.annotations.Nullable;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Answers what is not HTTP, or too much of it. No router sees such a request, and where the next
 * one would begin is not known, so the connection ends with the answer.
 */
final class UnreadableRequest {

    private UnreadableRequest() {}

    /** Whether it passed as HTTP but still cannot be understood in one way only. */
    static boolean isOne(HttpServerRequest request) {
        return !hasKnownFraming(request) || !hasDecodablePath(request);
    }

    /**
     * Of all transfer codings only {@code chunked} is understood: a proxy that reads a list of them
     * otherwise than we do would see the next request begin elsewhere.
     */
    private static boolean hasKnownFraming(HttpServerRequest request) {
        List<String> codings = request.headers().getAll(HttpHeaders.TRANSFER_ENCODING);
        return codings.isEmpty()
                || (codings.size() == 1 && codings.getFirst().strip().equalsIgnoreCase("chunked"));
    }

    private static boolean hasDecodablePath(HttpServerRequest request) {
        try {
            return request.path() != null
                    && URLDecoder.decode(request.path(), StandardCharsets.UTF_8) != null;
        } catch (IllegalArgumentException undecodable) {
            return false;
        }
    }

    /** On the event loop. */
    static void answer(HttpServerRequest request) {
        Problem problem = problem(request.decoderResult().cause());
        String requestId = String.valueOf(problem.requestId());
        StandardHeaders.put(request.response(), requestId);
        request.response()
                .setStatusCode(problem.status())
                .putHeader(HttpHeaders.CONTENT_TYPE, ReplyWriter.PROBLEM)
                .putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE)
                .end(Buffer.buffer(Json.bytes(problem)))
                .onComplete(sent -> request.connection().close());
    }

    private static Problem problem(@Nullable Throwable cause) {
        return switch (cause) {
            case TooLongHttpHeaderException tooLong ->
                    Problems.unreadable(
                            "headers_too_large", "Headers too large", 431, "Send fewer headers.");
            case TooLongHttpLineException tooLong ->
                    Problems.unreadable(
                            "address_too_long", "Address too long", 414, "Shorten the address.");
            case null, default ->
                    Problems.unreadable(
                            "malformed_request",
                            "Invalid input",
                            400,
                            "This request is not well-formed HTTP.");
        };
    }
}
