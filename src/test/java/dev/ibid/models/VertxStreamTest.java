package dev.ibid.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ibid.testing.FakeProviderScript;
import dev.langchain4j.http.client.HttpClient;
import dev.langchain4j.http.client.HttpMethod;
import dev.langchain4j.http.client.HttpRequest;
import dev.langchain4j.http.client.SuccessfulHttpResponse;
import dev.langchain4j.http.client.sse.CancellationUnsupportedHandle;
import dev.langchain4j.http.client.sse.ServerSentEvent;
import dev.langchain4j.http.client.sse.ServerSentEventContext;
import dev.langchain4j.http.client.sse.ServerSentEventListener;
import dev.langchain4j.http.client.sse.ServerSentEventParser;

import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;

import org.junit.jupiter.api.Test;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Streams through langchain4j's SPI alone, without a model. */
class VertxStreamTest extends ProviderTest {

    private static final String BODY = "{\"model\":\"m\",\"input\":[\"one\",\"two\"]}";

    private HttpClient client(VertxHttpOptions options) {
        return keep(new VertxHttpTransport(vertx, options)).clients().build();
    }

    private HttpRequest.Builder post(String url) {
        return HttpRequest.builder()
                .method(HttpMethod.POST)
                .url(url)
                .addHeader("Content-Type", "application/json")
                .addHeader("Authorization", "Bearer " + KEY)
                .body(BODY);
    }

    private String serve(HttpServerOptions options, Consumer<HttpServerRequest> handler)
            throws Exception {
        HttpServer server =
                providers
                        .createHttpServer(options.setHost("127.0.0.1").setPort(0))
                        .requestHandler(handler::accept);
        server.listen().toCompletionStage().toCompletableFuture().get();
        return (options.isSsl() ? "https" : "http") + "://localhost:" + server.actualPort() + "/";
    }

    private HttpRequest chat() {
        String chat =
                "{\"model\":\"m\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"one"
                        + " two three\"}]}";
        return post(provider.openAi() + "/chat/completions").body(chat).build();
    }

    private static final class Heard implements ServerSentEventListener {
        private final List<String> events = new CopyOnWriteArrayList<>();
        private final CompletableFuture<String> end = new CompletableFuture<>();

        @Override
        public void onOpen(SuccessfulHttpResponse response) {
            events.add("open " + response.statusCode());
        }

        @Override
        public void onEvent(ServerSentEvent event, ServerSentEventContext context) {
            events.add(event.data());
        }

        @Override
        public void onError(Throwable failure) {
            end.complete(failure.toString());
        }

        @Override
        public void onClose() {
            end.complete("closed");
        }
    }

    /** A parser that the bridge does not know, slower than the network. */
    private static final ServerSentEventParser LINES =
            (body, listener) -> {
                try (BufferedReader reader =
                        new BufferedReader(
                                new InputStreamReader(body, StandardCharsets.UTF_8), 1)) {
                    for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                        String shown = Thread.currentThread().isVirtual() + " " + line;
                        listener.onEvent(
                                new ServerSentEvent(null, shown),
                                new ServerSentEventContext(new CancellationUnsupportedHandle()));
                    }
                } catch (IOException broken) {
                    listener.onError(broken);
                }
            };

    @Test
    void aParserThatIsNotKnownRunsOnAVirtualThread() {
        HttpClient client = client(VertxHttpOptions.defaults());
        Heard heard = new Heard();

        client.execute(chat(), LINES, heard);

        assertThat(heard.end.join()).isEqualTo("closed");
        assertThat(heard.events).startsWith("open 200").contains("true data: [DONE]");
    }

    @Test
    void aParserThatFallsBehindStopsTheProviderAndMissesNothing() throws Exception {
        String packet = "x".repeat(999) + "\n";
        String url =
                serve(
                        new HttpServerOptions(),
                        request -> {
                            request.response().setChunked(true);
                            for (int line = 0; line < 3000; line++) {
                                request.response().write(packet);
                            }
                            request.response().end();
                        });
        CompletableFuture<Long> counted = new CompletableFuture<>();
        ServerSentEventParser slow =
                (body, listener) -> {
                    try (body) {
                        assertThat(body.read()).isEqualTo('x');
                        long rest = 0;
                        for (int read = 0; read >= 0; read = body.read(new byte[100])) {
                            rest += read;
                        }
                        counted.complete(rest);
                    } catch (IOException broken) {
                        counted.completeExceptionally(broken);
                    }
                };
        Heard heard = new Heard();

        client(VertxHttpOptions.defaults()).execute(post(url).build(), slow, heard);

        assertThat(counted.join()).isEqualTo(3_000_000L - 1);
        assertThat(heard.end.join()).isEqualTo("closed");
    }

    @Test
    void aParserThatIsNotKnownHearsOfACut() {
        provider.always(FakeProviderScript.of("one").ending(FakeProviderScript.Ending.DROPPED));
        Heard heard = new Heard();

        client(VertxHttpOptions.defaults()).execute(chat(), LINES, heard);

        assertThat(heard.end.join()).isNotEqualTo("closed");
        assertThat(heard.events).anyMatch(event -> event.contains("data:"));
    }

    @Test
    void aListenerThatThrowsEndsItsStream() {
        provider.always(FakeProviderScript.of("one").ending(FakeProviderScript.Ending.STALLED));
        CompletableFuture<Throwable> end = new CompletableFuture<>();

        client(VertxHttpOptions.defaults())
                .execute(
                        chat(),
                        new ServerSentEventListener() {
                            @Override
                            public void onEvent(
                                    ServerSentEvent event, ServerSentEventContext context) {
                                throw new IllegalArgumentException("mine");
                            }

                            @Override
                            public void onError(Throwable failure) {
                                end.complete(failure);
                            }
                        });

        assertThat(end.join()).hasMessage("mine");
        await().until(() -> provider.openStreams() == 0);
    }
}
