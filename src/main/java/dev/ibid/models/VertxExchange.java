package dev.ibid.models;

import dev.langchain4j.exception.TimeoutException;

import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.internal.ContextInternal;

import org.jspecify.annotations.Nullable;

import java.time.Duration;

/**
 * One request and its answer, on one event loop. The reader gets {@code opened}, packets, and then
 * exactly one of {@code ended} and {@code failed}; after {@link #cancel} it gets nothing more.
 */
final class VertxExchange {

    /** What becomes of the answer. Called on the event loop, never after its last call. */
    interface Reader {
        void opened(HttpClientResponse response);

        /** Takes the next packet; whatever it throws ends the exchange as that failure. */
        void read(Buffer packet) throws Exception;

        void ended() throws Exception;

        void failed(Throwable cause);

        /** Nothing more will come: for readers that keep a thread waiting. */
        default void cancelled() {}
    }

    /** RFC 9113 §7, CANCEL; over HTTP/1.1 any code closes the connection. */
    private static final long CANCEL = 0x8;

    private static final int MAX_ERROR_BODY = 4 << 10;
    private static final Duration DRAIN = Duration.ofSeconds(1);

    private final VertxHttpTransport transport;
    private final Context context;
    private final RequestOptions options;
    private final Buffer body;
    private final Duration patience;
    private final Reader reader;
    private @Nullable HttpClientRequest request;
    private @Nullable VertxWatchdog watchdog;
    private volatile boolean over;
    private volatile boolean cancelled;
    private volatile boolean paused;

    VertxExchange(
            VertxHttpTransport transport,
            Context context,
            VertxRequest asked,
            Duration patience,
            Reader reader) {
        this.transport = transport;
        this.context = context;
        this.options = asked.options();
        this.body = asked.body();
        this.patience = patience;
        this.reader = reader;
    }

    void open() {
        options.setConnectTimeout(patience.toMillis());
        context.runOnContext(now -> {
            if (!over) {
                watchdog = new VertxWatchdog(transport.vertx(), patience, this::starved);
                transport.sockets().request(options).onComplete(this::connected);
            }
        });
    }

    /** From any thread, at any moment. */
    void cancel() {
        cancelled = true;
        over = true;
        if (((ContextInternal) context).inThread()) {
            cancelHere();
        } else {
            context.runOnContext(now -> cancelHere());
        }
    }

    private void cancelHere() {
        drop();
        reader.cancelled();
    }

    boolean isCancelled() {
        return cancelled;
    }

    /**
     * Stops the provider until {@link #resume}: for readers that fall behind. Only on the event
     * loop.
     */
    void pause(HttpClientResponse response) {
        paused = true;
        response.pause();
    }

    void resume(HttpClientResponse response) {
        context.runOnContext(now -> {
            paused = false;
            alive();
            response.resume();
        });
    }

    /**
     * The reader has all it wants: it is told the end, and what may still come is discarded so that
     * the connection can be used again.
     */
    void finish() {
        if (!over) {
            over = true;
            stopWatching();
            watchdog = new VertxWatchdog(transport.vertx(), DRAIN, this::drop);
            end();
        }
    }

    void fail(Throwable cause) {
        if (!over) {
            over = true;
            drop();
            reader.failed(cause);
        }
    }

    private void connected(AsyncResult<HttpClientRequest> result) {
        if (result.failed()) {
            fail(result.cause());
            return;
        }
        HttpClientRequest ready = result.result();
        ready.exceptionHandler(this::fail);
        request = ready;
        if (over) {
            drop();
            return;
        }
        alive();
        ready.send(body).onComplete(this::answered);
    }

    private void answered(AsyncResult<HttpClientResponse> result) {
        if (result.failed()) {
            fail(result.cause());
            return;
        }
        HttpClientResponse response = result.result();
        response.exceptionHandler(this::fail);
        if (over) {
            drop();
        } else if (response.statusCode() / 100 == 2) {
            accept(response);
        } else {
            refuse(response);
        }
    }

    private void accept(HttpClientResponse response) {
        alive();
        response.handler(this::packet);
        response.endHandler(nothing -> completed());
        attempt(() -> reader.opened(response));
    }

    private void packet(Buffer packet) {
        if (!over) {
            alive();
            attempt(() -> reader.read(packet));
        }
    }

    private void completed() {
        stopWatching();
        request = null;
        if (!over) {
            over = true;
            end();
        }
    }

    private void end() {
        try {
            reader.ended();
        } catch (Exception wrong) {
            reader.failed(wrong);
        }
    }

    private void refuse(HttpClientResponse response) {
        Buffer text = Buffer.buffer();
        Runnable tell = () -> fail(refusal(response, text));
        response.exceptionHandler(cut -> tell.run());
        response.endHandler(nothing -> {
            request = null;
            tell.run();
        });
        response.handler(part -> {
            alive();
            text.appendBuffer(part);
            if (text.length() > MAX_ERROR_BODY) {
                tell.run();
            }
        });
    }

    private VertxHttpException refusal(HttpClientResponse response, Buffer text) {
        String shown = text.getString(0, Math.min(text.length(), MAX_ERROR_BODY));
        String sent =
                options.getHeaders() == null ? null : options.getHeaders().get("Authorization");
        String key = sent == null ? "" : sent.replaceFirst("^\\S+\\s+", "");
        return new VertxHttpException(
                response.statusCode(),
                key.isBlank() ? shown : shown.replace(key, "***"),
                VertxHttpException.seconds(response.getHeader("Retry-After")));
    }

    private void starved() {
        if (paused) {
            watchdog = new VertxWatchdog(transport.vertx(), patience, this::starved);
        } else {
            fail(new TimeoutException("no byte for " + patience));
        }
    }

    private void alive() {
        if (watchdog != null) {
            watchdog.feed();
        }
    }

    private void drop() {
        stopWatching();
        if (request != null) {
            request.reset(CANCEL);
            request = null;
        }
    }

    private void stopWatching() {
        if (watchdog != null) {
            watchdog.stop();
        }
    }

    private interface Step {
        void run() throws Exception;
    }

    private void attempt(Step step) {
        try {
            step.run();
        } catch (Exception wrong) {
            fail(wrong);
        }
    }
}
