package dev.ibid.http;

import dev.ibid.failure.Failure;
import dev.ibid.json.Json;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Writes replies on the event loop of their request. */
final class ReplyWriter {

    private static final String JSON = "application/json; charset=utf-8";
    static final String PROBLEM = "application/problem+json; charset=utf-8";

    /** A client that is still sending a body nobody wants gets this long to notice the answer. */
    private static final long LINGER_MILLIS = Duration.ofSeconds(3).toMillis();

    private final Vertx vertx;

    ReplyWriter(Vertx vertx) {
        this.vertx = vertx;
    }

    void write(Exchange exchange, Reply reply) {
        byte[] json = reply instanceof Reply.Body body ? Json.bytes(body.value()) : new byte[0];
        exchange.eventLoop()
                .runOnContext(onLoop -> {
                    HttpServerResponse response = exchange.routing().response();
                    if (response.closed()) {
                        abandon(reply);
                        return;
                    }
                    switch (reply) {
                        case Reply.Body body -> {
                            body.headers().forEach(response::putHeader);
                            end(
                                    response.setStatusCode(body.status())
                                            .putHeader(HttpHeaders.CONTENT_TYPE, JSON),
                                    json);
                        }
                        case Reply.Empty empty -> response.setStatusCode(empty.status()).end();
                        case Reply.Text text ->
                                response.setStatusCode(text.status())
                                        .putHeader(HttpHeaders.CONTENT_TYPE, text.mediaType())
                                        .end(text.text());
                        case Reply.Download download ->
                                send(exchange.routing().request(), download);
                        case Reply.Events events -> follow(exchange, events);
                    }
                    letBodyRunOut(exchange.routing().request());
                });
    }

    void fail(Exchange exchange, Failure failure) {
        exchange.eventLoop().runOnContext(onLoop -> fail(exchange.routing(), failure));
    }

    /** For a defect: the client learns the request id and nothing else. */
    void fail(Exchange exchange) {
        RoutingContext routing = exchange.routing();
        exchange.eventLoop()
                .runOnContext(onLoop ->
                        problem(
                                routing,
                                Problems.internal(routing.normalizedPath(), exchange.requestId())));
    }

    /** On the event loop. */
    void fail(RoutingContext routing, Failure failure) {
        Duration wait = failure.retryAfter();
        if (wait != null) {
            routing.response()
                    .putHeader(
                            HttpHeaders.RETRY_AFTER, String.valueOf(Math.max(1, wait.toSeconds())));
        }
        if (failure.kind() == Failure.Kind.UNAUTHENTICATED) {
            routing.response().putHeader("WWW-Authenticate", "Bearer");
        }
        problem(routing, Problems.of(failure, routing.normalizedPath(), RequestId.of(routing)));
    }

    /** On the event loop. */
    void problem(RoutingContext routing, Problem problem) {
        HttpServerResponse response = routing.response();
        if (response.ended() || response.closed()) {
            return;
        }
        if (response.headWritten()) {
            response.reset();
            return;
        }
        end(
                response.setStatusCode(problem.status())
                        .putHeader(HttpHeaders.CONTENT_TYPE, PROBLEM),
                Json.bytes(problem));
        letBodyRunOut(routing.request());
    }

    /** Whoever asks for the headers only also learns how long the rest would be. */
    private static void end(HttpServerResponse response, byte[] body) {
        response.putHeader(HttpHeaders.CONTENT_LENGTH, String.valueOf(body.length))
                .end(Buffer.buffer(body));
    }

    private void follow(Exchange exchange, Reply.Events events) {
        HttpServerResponse response = exchange.routing().response();
        if (exchange.routing().request().method().equals(HttpMethod.HEAD)) {
            response.putHeader(HttpHeaders.CONTENT_TYPE, EventStream.MEDIA_TYPE).end();
            abandon(events);
        } else {
            new EventStream(vertx, exchange.eventLoop(), response, events).start();
        }
    }

    private static void send(HttpServerRequest request, Reply.Download download) {
        HttpServerResponse response = request.response();
        String name =
                URLEncoder.encode(download.name(), StandardCharsets.UTF_8)
                        .replace("+", "%20")
                        .replace("*", "%2A");
        response.putHeader(HttpHeaders.CONTENT_TYPE, download.mediaType())
                .putHeader(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename*=UTF-8''" + name)
                .putHeader("Content-Security-Policy", "default-src 'none'; sandbox");
        if (request.method().equals(HttpMethod.HEAD)) {
            response.putHeader(
                            HttpHeaders.CONTENT_LENGTH,
                            String.valueOf(download.file().toFile().length()))
                    .end();
        } else {
            response.sendFile(download.file().toString()).onFailure(lost -> response.reset());
        }
    }

    private static void abandon(Reply reply) {
        if (reply instanceof Reply.Events events && events.onLeave() != null) {
            events.onLeave().run();
        }
    }

    /**
     * What is left of a body nobody read is thrown away for a while, so that the client sees the
     * answer rather than a reset; then the connection goes.
     */
    private void letBodyRunOut(HttpServerRequest request) {
        if (request.isEnded()) {
            return;
        }
        request.handler(discarded -> {});
        long timer = vertx.setTimer(LINGER_MILLIS, late -> request.connection().close());
        request.endHandler(end -> vertx.cancelTimer(timer));
        request.exceptionHandler(gone -> vertx.cancelTimer(timer));
        request.resume();
    }
}
