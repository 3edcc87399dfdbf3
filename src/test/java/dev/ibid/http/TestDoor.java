package dev.ibid.http;

import dev.ibid.auth.Caller;
import dev.ibid.auth.Role;
import dev.ibid.threads.RequestThreads;

import io.vertx.core.Vertx;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;

/** The door alone, with a small contract of its own and nobody behind it. */
final class TestDoor implements AutoCloseable {

    private static final String CONTRACT =
            """
            openapi: 3.1.0
            info: {title: A door, version: 1.0.0}
            paths:
              /api/slow:
                get: {operationId: slow, security: [], responses: {'200': {description: ''}}}
              /api/long:
                get: {operationId: long, security: [], responses: {'200': {description: ''}}}
              /api/who:
                get: {operationId: who, security: [], responses: {'200': {description: ''}}}
              /api/choice:
                post:
                  operationId: choice
                  security: []
                  responses: {'200': {description: '', content: {application/json: {}, text/event-stream: {}}}}
              /api/json:
                post:
                  operationId: json
                  security: []
                  requestBody: {required: true, content: {application/json: {schema: {type: object}}}}
                  responses: {'200': {description: ''}}
              /api/upload:
                post:
                  operationId: upload
                  security: []
                  requestBody: {required: true, content: {multipart/form-data: {schema: {type: object}}}}
                  responses: {'200': {description: ''}}
            """;

    static final String LONG = "long ".repeat(8_000_000);
    private static final Caller NOBODY =
            new Caller(new UUID(0, 0), "a@example.org", Role.USER, new UUID(0, 0));
    private static final int PATIENCE_MILLIS = 20_000;

    /** For {@code /api/slow}: counted down when it is asked, and to be counted down to answer. */
    final CountDownLatch asked = new CountDownLatch(1);

    final CountDownLatch answer = new CountDownLatch(1);

    private final Vertx vertx = Vertx.vertx();
    private final RequestThreads threads = new RequestThreads("test", 64);
    private final Idempotency idempotency = new Idempotency(new NoKeys());
    private final HttpVerticle door;

    private TestDoor(HttpConfig config) {
        Routes routes =
                new Routes() {
                    @Override
                    public RequestThreads threads() {
                        return threads;
                    }

                    @Override
                    public void bind(Operations operations) {
                        TestDoor.this.bind(operations);
                    }
                };
        this.door =
                new HttpVerticle(
                        config,
                        Contract.of(CONTRACT),
                        authorization -> NOBODY,
                        idempotency,
                        List.of(routes));
        vertx.deployVerticle(door).toCompletionStage().toCompletableFuture().join();
    }

    static TestDoor open() {
        return open(config(List.of(), "", Patience.USUAL));
    }

    static TestDoor open(HttpConfig config) {
        return new TestDoor(config);
    }

    static HttpConfig config(List<String> origins, String proxies, Patience patience) {
        TrustedProxies trusted =
                proxies.isEmpty() ? new TrustedProxies(List.of()) : TrustedProxies.parse(proxies);
        return new HttpConfig("127.0.0.1", 0, origins, trusted, false, 1 << 20, patience);
    }

    private void bind(Operations operations) {
        operations
                .on(
                        "slow",
                        exchange -> {
                            asked.countDown();
                            answer.await();
                            return Reply.ok(Map.of("slow", true));
                        })
                .on("long", exchange -> new Reply.Text(200, "text/plain", LONG))
                .on(
                        "who",
                        exchange ->
                                Reply.ok(
                                        Map.of(
                                                "client",
                                                exchange.clientAddress(),
                                                "local",
                                                exchange.isLocal())))
                .on("choice", exchange -> Reply.ok(Map.of()))
                .on("json", exchange -> Reply.ok(Map.of()))
                .on(
                        "upload",
                        exchange ->
                                Reply.ok(Map.of("bytes", exchange.stream().readAllBytes().length)));
    }

    Socket connect() throws IOException {
        Socket socket = new Socket("127.0.0.1", door.port());
        socket.setSoTimeout(PATIENCE_MILLIS);
        return socket;
    }

    static void write(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Everything that comes until the connection ends. */
    static String rest(Socket socket) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        try {
            socket.getInputStream().transferTo(all);
        } catch (SocketException reset) {
            // What came before it counts.
        }
        return all.toString(StandardCharsets.UTF_8);
    }

    /** Sends one request without a body, and reads all of the answer. */
    String ask(String method, String path, String... lines) throws IOException {
        try (Socket socket = connect()) {
            StringBuilder head = new StringBuilder(method + " " + path + " HTTP/1.1\r\n");
            List.of(lines).forEach(line -> head.append(line).append("\r\n"));
            write(socket, head + "Connection: close\r\n\r\n");
            return rest(socket);
        }
    }

    @Override
    public void close() {
        answer.countDown();
        vertx.close().toCompletionStage().toCompletableFuture().join();
        threads.close();
        idempotency.close();
    }
}
