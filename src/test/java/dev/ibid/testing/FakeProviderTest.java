package dev.ibid.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

class FakeProviderTest {

    private final Vertx vertx = Vertx.vertx();
    private final FakeProvider provider = new FakeProvider();
    private final HttpClient client = HttpClient.newHttpClient();

    @BeforeEach
    void start() throws Exception {
        vertx.deployVerticle(provider).toCompletionStage().toCompletableFuture().get();
    }

    @AfterEach
    void stop() throws Exception {
        client.close();
        vertx.close().toCompletionStage().toCompletableFuture().get();
    }

    private HttpResponse<String> post(String path, String body)
            throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(provider.ollama() + path))
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(body))
                        .build();
        return client.send(request, BodyHandlers.ofString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "not json",
                "{}",
                "{'model':'m','messages':[]}",
                "{'messages':[{'role':'user','content':'hi'}]}",
                "{'model':'m','messages':[{'role':'nobody','content':'hi'}]}",
                "{'model':'m','messages':[{'role':'user','content':'hi'}],'temprature':1}",
                "{'model':'m','messages':[{'role':'user','content':'hi'}],'temperature':3}",
                "{'model':'m','messages':[{'role':'user','content':'hi'}],'max_tokens':0}",
                "{'model':'m','messages':[{'role':'user','content':'hi'}],'max_tokens':9,'max_completion_tokens':9}",
                "{'model':'m','messages':[{'role':'user','content':'hi'}],'stream_options':{'include_usage':true}}"
            })
    void refusesWhatOpenAiRefuses(String body) throws Exception {
        HttpResponse<String> answer = post("/v1/chat/completions", body.replace('\'', '"'));

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("invalid_request_error");
    }

    @ParameterizedTest
    @CsvSource({
        "/v1/chat/completions, '{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"say"
                + " it\"}]}', say it",
        "/api/chat,"
                + " '{\"model\":\"m\",\"stream\":false,\"messages\":[{\"role\":\"user\",\"content\":\"say"
                + " it\"}]}', say it",
        "/v1/embeddings, '{\"model\":\"m\",\"input\":\"one\"}', '\"index\":0'",
        "/api/embed, '{\"model\":\"m\",\"input\":[\"one\",\"two\"]}', embeddings"
    })
    void answersInOnePieceToo(String path, String body, String part) throws Exception {
        HttpResponse<String> answer = post(path, body);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains(part);
    }

    @Test
    void keepsItsPace() throws Exception {
        provider.always(
                FakeProviderScript.tokens(10, Duration.ofMillis(20))
                        .firstAfter(Duration.ofMillis(100)));
        long asked = System.nanoTime();

        HttpResponse<String> answer =
                post(
                        "/api/chat",
                        "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}");

        assertThat(Duration.ofNanos(System.nanoTime() - asked))
                .isGreaterThan(Duration.ofMillis(280));
        assertThat(answer.body().lines()).hasSize(11);
    }

    @Test
    void refusesTheWrongKeyAndUnknownRoutes() throws Exception {
        provider.requiresKey("right");

        assertThat(post("/v1/embeddings", "{\"model\":\"m\",\"input\":\"one\"}").statusCode())
                .isEqualTo(401);
        assertThat(post("/v1/completions", "{}").statusCode()).isEqualTo(404);
    }
}
