package dev.ibid.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ibid.testing.FakeProviderScript;
import dev.langchain4j.exception.TimeoutException;
import dev.langchain4j.http.client.HttpClient;
import dev.langchain4j.http.client.HttpMethod;
import dev.langchain4j.http.client.HttpRequest;
import dev.langchain4j.http.client.SuccessfulHttpResponse;

import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.ProxyOptions;
import io.vertx.core.net.SelfSignedCertificate;

import org.junit.jupiter.api.Test;

import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

class VertxHttpClientTest extends ProviderTest {

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

    @Test
    void aBlockingCallReturnsStatusHeadersAndBody() {
        HttpClient client = client(VertxHttpOptions.defaults());

        SuccessfulHttpResponse answer =
                client.execute(post(provider.openAi() + "/embeddings").build());

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.contentType()).isEqualTo("application/json");
        assertThat(answer.body()).contains("\"index\":1");
        assertThat(provider.requests().getFirst().body()).isEqualTo(BODY);
    }

    @Test
    void aBlockingCallIsRefusedOnAnEventLoop() {
        HttpClient client = client(VertxHttpOptions.defaults());
        CompletableFuture<SuccessfulHttpResponse> answer = new CompletableFuture<>();

        vertx.runOnContext(now -> {
            try {
                answer.complete(client.execute(post(provider.openAi() + "/embeddings").build()));
            } catch (RuntimeException refused) {
                answer.completeExceptionally(refused);
            }
        });

        assertThatThrownBy(answer::join).hasCauseInstanceOf(IllegalStateException.class);
    }

    @Test
    void aStatusOutsideTwoHundredIsThrownWithABoundedBody() {
        provider.always(FakeProviderScript.status(503, "x".repeat(1_000_000)));
        HttpClient client = client(VertxHttpOptions.defaults());
        String chat = "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";

        assertThatThrownBy(() ->
                        client.execute(
                                post(provider.openAi() + "/chat/completions").body(chat).build()))
                .isInstanceOfSatisfying(
                        VertxHttpException.class,
                        thrown -> {
                            assertThat(thrown.statusCode()).isEqualTo(503);
                            assertThat(thrown.getMessage()).hasSizeLessThan(20_000);
                        });
    }

    @Test
    void anAnswerThatIsTooLargeIsRefused() {
        HttpClient client = client(VertxHttpOptions.defaults().withBounds(1000, 20));

        assertThatThrownBy(() -> client.execute(post(provider.openAi() + "/embeddings").build()))
                .isInstanceOf(UncheckedIOException.class);
    }

    @Test
    void aServerThatKeepsSilentIsLeftAfterTheReadTimeout() throws Exception {
        String url = serve(new HttpServerOptions(), request -> {});
        HttpClient client =
                client(
                        VertxHttpOptions.defaults()
                                .withTimeouts(Duration.ofSeconds(1), Duration.ofMillis(200)));

        assertThatThrownBy(() -> client.execute(post(url).build()))
                .isInstanceOf(TimeoutException.class);
    }

    @Test
    void aServerThatIsNotThereIsTold() {
        HttpClient client = client(VertxHttpOptions.defaults());

        assertThatThrownBy(() -> client.execute(post("http://127.0.0.1:1/").build()))
                .isInstanceOf(UncheckedIOException.class)
                .hasCauseInstanceOf(ConnectException.class);
    }

    @Test
    void formFieldsAndFilesArriveAsMultipart() throws Exception {
        CompletableFuture<Map<String, String>> form = new CompletableFuture<>();
        Map<String, String> parts = new java.util.concurrent.ConcurrentHashMap<>();
        String url =
                serve(
                        new HttpServerOptions(),
                        request -> {
                            request.setExpectMultipart(true);
                            request.uploadHandler(file ->
                                    file.handler(bytes ->
                                            parts.put(
                                                    file.name()
                                                            + "/"
                                                            + file.filename()
                                                            + "/"
                                                            + file.contentType(),
                                                    bytes.toString())));
                            request.endHandler(end -> {
                                request.formAttributes().forEach(parts::put);
                                form.complete(parts);
                                request.response().end("{}");
                            });
                        });
        HttpRequest request =
                HttpRequest.builder()
                        .method(HttpMethod.POST)
                        .url(url)
                        .addHeader(
                                "Content-Type", "multipart/form-data; boundary=----SomebodyElses")
                        .addFormDataField("model", "whisper ü")
                        .addFormDataFile(
                                "file",
                                "a \"b\".txt",
                                "text/plain",
                                "héllo".getBytes(StandardCharsets.UTF_8))
                        .build();

        client(VertxHttpOptions.defaults()).execute(request);

        assertThat(form.join())
                .containsEntry("model", "whisper ü")
                .containsValue("héllo")
                .anySatisfy((name, value) ->
                        assertThat(name).startsWith("file/a ").endsWith(".txt/text/plain"));
    }

    @Test
    void aCertificateIsVerifiedAndMayBeTrusted() throws Exception {
        SelfSignedCertificate certificate = SelfSignedCertificate.create("localhost");
        String url =
                serve(
                        new HttpServerOptions()
                                .setSsl(true)
                                .setKeyCertOptions(certificate.keyCertOptions()),
                        request -> request.response().end("secure"));
        HttpClient trusting =
                client(VertxHttpOptions.defaults().withTrust(certificate.trustOptions()));
        HttpClient careful = client(VertxHttpOptions.defaults());

        SuccessfulHttpResponse answer = trusting.execute(post(url).build());

        assertThat(answer.body()).isEqualTo("secure");
        assertThatThrownBy(() -> careful.execute(post(url).build()))
                .hasCauseInstanceOf(javax.net.ssl.SSLException.class);
    }

    @Test
    void aProxyIsAskedExceptForDirectHosts() throws Exception {
        List<String> seen = new CopyOnWriteArrayList<>();
        String proxy =
                serve(
                        new HttpServerOptions(),
                        request -> {
                            seen.add(request.absoluteURI());
                            request.response().end("from the proxy");
                        });
        ProxyOptions options =
                new ProxyOptions()
                        .setHost("localhost")
                        .setPort(java.net.URI.create(proxy).getPort());
        HttpClient client =
                client(VertxHttpOptions.defaults().withProxy(options, List.of("127.0.0.1")));

        SuccessfulHttpResponse far = client.execute(post("http://provider.invalid/x").build());
        SuccessfulHttpResponse near =
                client.execute(post(provider.openAi() + "/embeddings").build());

        assertThat(far.body()).isEqualTo("from the proxy");
        assertThat(near.body()).contains("embedding");
        assertThat(seen).hasSize(1);
    }
}
