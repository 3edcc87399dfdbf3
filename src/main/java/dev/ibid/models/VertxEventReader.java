package dev.ibid.models;

import dev.langchain4j.http.client.sse.ServerSentEvent;
import dev.langchain4j.http.client.sse.ServerSentEventContext;
import dev.langchain4j.http.client.sse.ServerSentEventListener;
import dev.langchain4j.http.client.sse.ServerSentEventParsingHandle;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.net.ProtocolException;

/**
 * Parses events as their packets arrive and delivers them on the event loop: no thread, no queue.
 */
final class VertxEventReader implements VertxExchange.Reader {

    /** How the answer is cut into events. */
    enum Format {
        SERVER_SENT_EVENTS,
        /** Ollama's: each line that is not empty is an event. */
        JSON_LINES
    }

    private static final Logger log = LoggerFactory.getLogger(VertxEventReader.class);
    private static final String DONE = "[DONE]";

    private final Format format;
    private final ServerSentEventListener listener;
    private final @Nullable VertxCall call;
    private final StreamLines lines;
    private final StreamEvents events;
    private @Nullable VertxExchange exchange;
    private @Nullable ServerSentEventContext context;
    private long bytes;
    private long delivered;
    private boolean closed;

    VertxEventReader(
            Format format, ServerSentEventListener listener, @Nullable VertxCall call, int limit) {
        this.format = format;
        this.listener = listener;
        this.call = call;
        this.lines = new StreamLines(limit, this::line);
        this.events = new StreamEvents(limit, this::event);
    }

    void reads(VertxExchange exchange) {
        this.exchange = exchange;
        this.context = new ServerSentEventContext(new Handle(exchange));
    }

    @Override
    public void opened(HttpClientResponse response) {
        listener.onOpen(VertxHttpClient.head(response).build());
    }

    @Override
    public void read(Buffer packet) throws ProtocolException {
        bytes += packet.length();
        lines.read(packet.getBytes());
    }

    @Override
    public void ended() throws ProtocolException {
        String rest = lines.rest();
        if (rest != null) {
            line(rest);
        }
        events.dispatch();
        closed = true;
        if (bytes > 0 && delivered == 0) {
            throw new ProtocolException("not one event in " + bytes + " bytes");
        }
        tell(listener::onClose);
    }

    @Override
    public void failed(Throwable cause) {
        tell(() -> listener.onError(cause));
    }

    private void line(String line) throws ProtocolException {
        if (format == Format.SERVER_SENT_EVENTS) {
            events.line(line);
        } else if (!line.isBlank()) {
            event(null, line);
        }
    }

    private void event(@Nullable String type, String data) {
        VertxExchange source = exchange;
        if (source == null || context == null || closed || source.isCancelled()) {
            return;
        }
        delivered++;
        listener.onEvent(new ServerSentEvent(type, data), context);
        if (format == Format.SERVER_SENT_EVENTS && data.equals(DONE)) {
            if (call != null) {
                call.markDone();
            }
            source.finish();
        }
    }

    private void tell(Runnable last) {
        try {
            last.run();
        } catch (RuntimeException defect) {
            log.error("A listener failed at the end of a stream", defect);
        }
        if (call != null) {
            call.end();
        }
    }

    /** langchain4j's own way to cancel, which it hands to callbacks. */
    private record Handle(VertxExchange exchange) implements ServerSentEventParsingHandle {

        @Override
        public void cancel() {
            exchange.cancel();
        }

        @Override
        public boolean isCancelled() {
            return exchange.isCancelled();
        }
    }
}
