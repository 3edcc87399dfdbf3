package dev.ibid.testing;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;

import org.jspecify.annotations.Nullable;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * A model provider that speaks OpenAI's and Ollama's protocols over a real socket, refuses what
 * they refuse, behaves as scripts say, and remembers what it was sent. Scripts given with {@link
 * #next} are played first, one a request; then {@link #always} answers.
 */
public final class FakeProvider extends VerticleBase {

    private final int askedPort;
    private final Queue<FakeProviderScript> next = new ConcurrentLinkedQueue<>();
    private final FakeProviderLog log;
    private final AtomicInteger open = new AtomicInteger();
    private final AtomicInteger connections = new AtomicInteger();
    private volatile Function<FakeProviderRequest, FakeProviderScript> always =
            FakeProviderScript::echo;
    private volatile @Nullable String key;
    private volatile List<String> models = List.of("fake-model");
    private final FakeProviderEmbeddings embeddings = new FakeProviderEmbeddings();
    private @Nullable FakeProviderTicker ticker;
    private @Nullable HttpServer server;

    public FakeProvider() {
        this(0, 10_000);
    }

    /**
     * @param port 0 for a free one
     * @param remembered how many of the last requests are kept
     */
    public FakeProvider(int port, int remembered) {
        this.askedPort = port;
        this.log = new FakeProviderLog(remembered);
    }

    /** Port, tokens of each answer, milliseconds between them, event loops [1]. */
    public static void main(String... arguments) {
        int port = Integer.parseInt(arguments[0]);
        FakeProviderScript script =
                FakeProviderScript.tokens(
                        Integer.parseInt(arguments[1]),
                        Duration.ofMillis(Long.parseLong(arguments[2])));
        int loops = arguments.length > 3 ? Integer.parseInt(arguments[3]) : 1;
        Vertx vertx =
                Vertx.vertx(
                        new VertxOptions()
                                .setEventLoopPoolSize(loops)
                                .setPreferNativeTransport(true));
        for (int loop = 0; loop < loops; loop++) {
            FakeProvider provider = new FakeProvider(port, 100);
            provider.always(request -> script);
            vertx.deployVerticle(provider).await();
        }
        System.out.println("http://127.0.0.1:" + port + "/v1");
    }

    @Override
    public Future<?> start() {
        ticker = new FakeProviderTicker(vertx);
        server =
                vertx.createHttpServer(
                                new HttpServerOptions().setHost("127.0.0.1").setPort(askedPort))
                        .connectionHandler(connection -> {
                            connections.incrementAndGet();
                            connection.closeHandler(closed -> connections.decrementAndGet());
                        })
                        .requestHandler(
                                request -> request.body().onSuccess(body -> answer(request, body)));
        return server.listen();
    }

    public FakeProvider next(FakeProviderScript... scripts) {
        next.addAll(List.of(scripts));
        return this;
    }

    public FakeProvider always(Function<FakeProviderRequest, FakeProviderScript> script) {
        always = script;
        return this;
    }

    public FakeProvider always(FakeProviderScript script) {
        return always(request -> script);
    }

    /** Refuses every other bearer token from now on; null admits everybody. */
    public FakeProvider requiresKey(@Nullable String expected) {
        key = expected;
        return this;
    }

    public FakeProvider offers(String... names) {
        models = List.of(names);
        return this;
    }

    /** The same text has the same vector from now on, of so many numbers. */
    public FakeProvider embedsIn(int dimensions) {
        return embeds(texts -> FakeProviderEmbeddings.vectors(texts, dimensions));
    }

    /** What is answered for texts from now on, however wrong. */
    public FakeProvider embeds(Function<List<String>, List<double[]>> vectors) {
        embeddings.are(vectors);
        return this;
    }

    public int port() {
        return server == null ? 0 : server.actualPort();
    }

    /** The base URL for clients of OpenAI's protocol. */
    public URI openAi() {
        return URI.create("http://127.0.0.1:" + port() + "/v1");
    }

    public URI ollama() {
        return URI.create("http://127.0.0.1:" + port());
    }

    /** The last requests, oldest first. */
    public List<FakeProviderRequest> requests() {
        return log.last();
    }

    public int openStreams() {
        return open.get();
    }

    public int openConnections() {
        return connections.get();
    }

    private void answer(HttpServerRequest socket, Buffer body) {
        FakeProviderRequest request =
                new FakeProviderRequest(
                        socket.method().name(),
                        String.valueOf(socket.path()),
                        socket.headers(),
                        body.toString());
        log.add(request);
        switch (request.method() + " " + request.path()) {
            case "POST /v1/chat/completions" -> openAi(socket, request);
            case "POST /v1/embeddings", "POST /api/embed" -> embed(socket, request);
            case "GET /v1/models" ->
                    authorized(socket, request, () -> FakeProviderAnswers.openAiModels(models));
            case "POST /api/chat" -> ollama(socket, request);
            case "GET /api/tags" ->
                    authorized(socket, request, () -> FakeProviderAnswers.ollamaTags(models));
            default ->
                    FakeProviderReplies.refuse(
                            socket,
                            404,
                            "no such route: " + request.method() + " " + request.path());
        }
    }

    private void openAi(HttpServerRequest socket, FakeProviderRequest request) {
        checked(
                socket,
                request,
                FakeProviderRules.openAiChat(request.json()),
                () -> {
                    boolean usage =
                            request.json().path("stream_options").path("include_usage").asBoolean();
                    chat(
                            socket,
                            request,
                            new FakeProviderWire.OpenAi(
                                    request.json().path("model").asText(), usage),
                            request.json().path("stream").asBoolean(false),
                            FakeProviderAnswers::openAiChat);
                });
    }

    private void ollama(HttpServerRequest socket, FakeProviderRequest request) {
        checked(
                socket,
                request,
                FakeProviderRules.ollamaChat(request.json()),
                () ->
                        chat(
                                socket,
                                request,
                                new FakeProviderWire.Ollama(request.json().path("model").asText()),
                                request.json().path("stream").asBoolean(true),
                                FakeProviderAnswers::ollamaChat));
    }

    private interface Whole {
        Object of(String model, FakeProviderScript script);
    }

    private void chat(
            HttpServerRequest socket,
            FakeProviderRequest request,
            FakeProviderWire wire,
            boolean stream,
            Whole whole) {
        FakeProviderScript script = script(request);
        if (script.instead() != null) {
            FakeProviderReplies.canned(socket, script.canned());
        } else if (stream) {
            new FakeProviderStream(socket, request, script, wire, ticker(), open).play();
        } else {
            ticker().after(
                            script.firstDelay(),
                            () ->
                                    FakeProviderReplies.send(
                                            socket,
                                            200,
                                            whole.of(
                                                    request.json().path("model").asText(),
                                                    script)));
        }
    }

    /** Of a script only the delay and the answer from the can count. */
    private void embed(HttpServerRequest socket, FakeProviderRequest request) {
        checked(
                socket,
                request,
                FakeProviderEmbeddings.problem(request),
                () -> {
                    FakeProviderScript scripted = next.poll();
                    if (scripted != null && scripted.instead() != null) {
                        FakeProviderReplies.canned(socket, scripted.canned());
                    } else {
                        ticker().after(
                                        scripted == null ? Duration.ZERO : scripted.firstDelay(),
                                        () ->
                                                FakeProviderReplies.send(
                                                        socket, 200, embeddings.of(request)));
                    }
                });
    }

    private FakeProviderScript script(FakeProviderRequest request) {
        FakeProviderScript first = next.poll();
        return first == null ? always.apply(request) : first;
    }

    private FakeProviderTicker ticker() {
        return java.util.Objects.requireNonNull(ticker);
    }

    private void checked(
            HttpServerRequest socket,
            FakeProviderRequest request,
            @Nullable String problem,
            Runnable work) {
        String type = String.valueOf(request.header("Content-Type"));
        if (!isAuthorized(request)) {
            FakeProviderReplies.refuse(
                    socket, 401, "Incorrect API key provided: " + request.header("Authorization"));
        } else if (!type.startsWith("application/json")) {
            FakeProviderReplies.refuse(socket, 415, "the content type must be application/json");
        } else if (request.json().isMissingNode()) {
            FakeProviderReplies.refuse(socket, 400, "the body is not a JSON object");
        } else if (problem != null) {
            FakeProviderReplies.refuse(socket, 400, problem);
        } else {
            work.run();
        }
    }

    private void authorized(
            HttpServerRequest socket,
            FakeProviderRequest request,
            java.util.function.Supplier<Object> answer) {
        if (isAuthorized(request)) {
            FakeProviderReplies.send(socket, 200, answer.get());
        } else {
            FakeProviderReplies.refuse(socket, 401, "Incorrect API key provided");
        }
    }

    private boolean isAuthorized(FakeProviderRequest request) {
        return key == null || ("Bearer " + key).equals(request.header("Authorization"));
    }
}
