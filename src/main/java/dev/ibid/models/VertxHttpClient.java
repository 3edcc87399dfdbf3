package dev.ibid.models;

import dev.langchain4j.exception.TimeoutException;
import dev.langchain4j.http.client.HttpClient;
import dev.langchain4j.http.client.HttpRequest;
import dev.langchain4j.http.client.SuccessfulHttpResponse;
import dev.langchain4j.http.client.sse.DefaultServerSentEventParser;
import dev.langchain4j.http.client.sse.ServerSentEventListener;
import dev.langchain4j.http.client.sse.ServerSentEventParser;

import io.vertx.core.Context;
import io.vertx.core.http.HttpClientResponse;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * langchain4j's HTTP client on Vert.x. Streams cost no thread: events are parsed and delivered on
 * an event loop, so a listener must not block there; only a parser that this class does not know
 * gets a virtual thread.
 *
 * <p>A listener gets {@code onOpen}, its events, and exactly one of {@code onClose} and {@code
 * onError}; after a cancellation it gets neither. Failures: {@link VertxHttpException} for a status
 * outside 2xx, langchain4j's {@link TimeoutException} when no byte comes in time, {@link
 * java.net.ProtocolException} for an answer that is not a stream of events, and what the sockets
 * throw.
 */
final class VertxHttpClient implements HttpClient {

    private static final String OLLAMA_PARSER =
            "dev.langchain4j.model.ollama.OllamaServerSentEventParser";

    private final VertxHttpTransport transport;
    private final Duration patience;

    VertxHttpClient(VertxHttpTransport transport, Duration patience) {
        this.transport = transport;
        this.patience = patience;
    }

    /**
     * Blocks until the whole answer is there, at most the connect and the read timeout together.
     *
     * @throws IllegalStateException on an event loop
     */
    @Override
    public SuccessfulHttpResponse execute(HttpRequest asked) {
        if (Context.isOnEventLoopThread()) {
            throw new IllegalStateException(
                    "A blocking call to a model provider must not be made on an event loop.");
        }
        VertxWholeBody whole = new VertxWholeBody(transport.options().maxBody());
        VertxExchange exchange = exchange(asked, transport.eventLoop(), whole);
        exchange.open();
        try {
            Duration limit = patience.plus(transport.options().connectTimeout());
            return whole.answer().get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (java.util.concurrent.TimeoutException slow) {
            exchange.cancel();
            throw new TimeoutException(slow);
        } catch (ExecutionException failed) {
            throw unchecked(failed.getCause());
        } catch (InterruptedException interrupted) {
            exchange.cancel();
            Thread.currentThread().interrupt();
            throw new IllegalStateException(
                    "interrupted while waiting for a model provider", interrupted);
        }
    }

    @Override
    public void execute(
            HttpRequest asked, ServerSentEventParser parser, ServerSentEventListener listener) {
        VertxCall call = VertxCall.current();
        Context eventLoop = call == null ? transport.eventLoop() : call.context();
        VertxEventReader.Format format = format(parser);
        VertxExchange exchange =
                format == null
                        ? threaded(asked, eventLoop, new VertxParserThread(parser, listener, call))
                        : inline(
                                asked,
                                eventLoop,
                                new VertxEventReader(
                                        format, listener, call, transport.options().maxLine()));
        if (call != null) {
            call.attach(exchange);
        }
        exchange.open();
    }

    static SuccessfulHttpResponse.Builder head(HttpClientResponse response) {
        Map<String, List<String>> headers =
                response.headers().names().stream()
                        .collect(Collectors.toMap(name -> name, response.headers()::getAll));
        return SuccessfulHttpResponse.builder().statusCode(response.statusCode()).headers(headers);
    }

    private VertxExchange inline(HttpRequest asked, Context eventLoop, VertxEventReader reader) {
        VertxExchange exchange = exchange(asked, eventLoop, reader);
        reader.reads(exchange);
        return exchange;
    }

    private VertxExchange threaded(HttpRequest asked, Context eventLoop, VertxParserThread thread) {
        VertxExchange exchange = exchange(asked, eventLoop, thread.body());
        thread.body().reads(exchange);
        return exchange;
    }

    private VertxExchange exchange(
            HttpRequest asked, Context eventLoop, VertxExchange.Reader reader) {
        return new VertxExchange(
                transport, eventLoop, VertxRequest.of(asked, transport.bodies()), patience, reader);
    }

    /**
     * Ollama's parser is not public, so it is known by its name; a test notices when that changes.
     */
    private static VertxEventReader.@Nullable Format format(ServerSentEventParser parser) {
        if (parser.getClass() == DefaultServerSentEventParser.class) {
            return VertxEventReader.Format.SERVER_SENT_EVENTS;
        }
        return parser.getClass().getName().equals(OLLAMA_PARSER)
                ? VertxEventReader.Format.JSON_LINES
                : null;
    }

    private static RuntimeException unchecked(@Nullable Throwable cause) {
        return switch (cause) {
            case RuntimeException known -> known;
            case IOException io -> new UncheckedIOException(io);
            case null, default -> new IllegalStateException(cause);
        };
    }
}
