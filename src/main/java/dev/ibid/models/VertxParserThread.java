package dev.ibid.models;

import dev.langchain4j.http.client.SuccessfulHttpResponse;
import dev.langchain4j.http.client.sse.ServerSentEvent;
import dev.langchain4j.http.client.sse.ServerSentEventContext;
import dev.langchain4j.http.client.sse.ServerSentEventListener;
import dev.langchain4j.http.client.sse.ServerSentEventParser;

import io.vertx.core.http.HttpClientResponse;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Runs a parser that blocks, on a virtual thread of its own, and sees to it that its listener hears
 * the end once.
 */
final class VertxParserThread {

    private final ServerSentEventParser parser;
    private final OnceEnded listener;
    private final @Nullable VertxCall call;
    private final VertxBodyStream body = new VertxBodyStream(this::started);

    VertxParserThread(
            ServerSentEventParser parser,
            ServerSentEventListener listener,
            @Nullable VertxCall call) {
        this.parser = parser;
        this.listener = new OnceEnded(listener);
        this.call = call;
    }

    VertxBodyStream body() {
        return body;
    }

    private void started(@Nullable HttpClientResponse response, @Nullable Throwable failure) {
        Thread.ofVirtual()
                .name("provider-stream")
                .start(() -> {
                    if (response == null) {
                        end(failure == null ? new IOException("no answer") : failure);
                    } else {
                        parse(VertxHttpClient.head(response).build());
                    }
                });
    }

    private void parse(SuccessfulHttpResponse head) {
        Throwable broken;
        try {
            listener.onOpen(head);
            parser.parse(body, listener);
            broken = body.failure();
        } catch (RuntimeException wrong) {
            broken = wrong;
        }
        boolean cancelled = body.isCancelled();
        body.close();
        if (!cancelled) {
            end(broken);
        }
    }

    private void end(@Nullable Throwable failure) {
        if (failure == null) {
            listener.onClose();
        } else {
            listener.onError(failure);
        }
        if (call != null) {
            call.end();
        }
    }

    private record OnceEnded(ServerSentEventListener listener, AtomicBoolean ended)
            implements ServerSentEventListener {

        OnceEnded(ServerSentEventListener listener) {
            this(listener, new AtomicBoolean());
        }

        @Override
        public void onOpen(SuccessfulHttpResponse response) {
            listener.onOpen(response);
        }

        @Override
        public void onEvent(ServerSentEvent event, ServerSentEventContext context) {
            listener.onEvent(event, context);
        }

        @Override
        public void onEvent(ServerSentEvent event) {
            listener.onEvent(event);
        }

        @Override
        public void onError(Throwable failure) {
            if (ended.compareAndSet(false, true)) {
                listener.onError(failure);
            }
        }

        @Override
        public void onClose() {
            if (ended.compareAndSet(false, true)) {
                listener.onClose();
            }
        }
    }
}
