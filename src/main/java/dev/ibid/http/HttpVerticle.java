package dev.ibid.http;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** The sockets, on one event loop; deployed once for each core, all instances sharing the port. */
public final class HttpVerticle extends VerticleBase {

    /** For Vert.x: any free port, but the same for all instances. */
    private static final int ANY_SHARED_PORT = -1;

    private final HttpConfig config;
    private final Contract contract;
    private final Gate gate;
    private final Idempotency idempotency;
    private final List<Routes> rooms;
    private @Nullable HttpServer server;

    public HttpVerticle(
            HttpConfig config,
            Contract contract,
            Gate gate,
            Idempotency idempotency,
            List<Routes> rooms) {
        this.config = config;
        this.contract = contract;
        this.gate = gate;
        this.idempotency = idempotency;
        this.rooms = rooms;
    }

    @Override
    public Future<?> start() {
        HttpServerOptions options = options();
        server =
                vertx.createHttpServer(options)
                        .connectionHandler(connection ->
                                StrictRequestDecoder.install(
                                        connection, options, config.patience()))
                        .invalidRequestHandler(UnreadableRequest::answer)
                        .requestHandler(readable(router()));
        return server.listen();
    }

    @Override
    public Future<?> stop() {
        return server == null ? Future.succeededFuture() : server.close();
    }

    /** The port that was bound, which matters when any free one was asked for. */
    public int port() {
        return server == null ? -1 : server.actualPort();
    }

    private HttpServerOptions options() {
        return new HttpServerOptions()
                .setHost(config.host())
                .setPort(config.port() == 0 ? ANY_SHARED_PORT : config.port())
                .setHttp2ClearTextEnabled(false)
                .setHandle100ContinueAutomatically(true)
                .setMaxHeaderSize(16 * 1024)
                .setMaxInitialLineLength(8 * 1024)
                .setIdleTimeout((int) config.patience().idle().toMillis())
                .setIdleTimeoutUnit(TimeUnit.MILLISECONDS);
    }

    private static Handler<HttpServerRequest> readable(Router router) {
        return request -> {
            if (UnreadableRequest.isOne(request)) {
                UnreadableRequest.answer(request);
            } else {
                router.handle(request);
            }
        };
    }

    private Router router() {
        ReplyWriter writer = new ReplyWriter(vertx);
        Refused refused = new Refused(contract, writer);
        Router router = Router.router(vertx);
        router.route().handler(HttpVerticle::headers);
        if (config.local()) {
            OwnNames names = new OwnNames(config);
            router.route().handler(routing -> enter(routing, names, refused));
        }
        if (!config.allowedOrigins().isEmpty()) {
            router.route("/api/*").handler(new Origins(config.allowedOrigins()));
        }
        bindOperations(router, writer, refused);
        ApiDocs.mount(router, contract);
        router.route().handler(refused::nothingHere);
        router.route().failureHandler(refused::byRouter);
        return router;
    }

    /** A path with variables also matches fixed ones, so these come first, and are closed then. */
    private void bindOperations(Router router, ReplyWriter writer, Refused refused) {
        Map<String, Operations.Binding> bindings =
                Operations.bound(rooms, contract.operations().keySet());
        Map<Boolean, List<Contract.Operation>> byFixed =
                contract.operations().values().stream()
                        .collect(Collectors.partitioningBy(Contract.Operation::isFixed));
        List<Contract.Operation> fixed = byFixed.getOrDefault(true, List.of());
        fixed.forEach(operation -> bind(router, operation, bindings, writer));
        fixed.forEach(operation -> router.route(operation.path()).handler(refused::nothingHere));
        byFixed.getOrDefault(false, List.of())
                .forEach(operation -> bind(router, operation, bindings, writer));
    }

    private void bind(
            Router router,
            Contract.Operation operation,
            Map<String, Operations.Binding> bindings,
            ReplyWriter writer) {
        Operations.Binding binding = Objects.requireNonNull(bindings.get(operation.id()));
        Dispatcher dispatcher =
                new Dispatcher(operation, binding, gate, idempotency, config, writer);
        operation
                .methods()
                .forEach(method ->
                        router.route(HttpMethod.valueOf(method), operation.route())
                                .handler(dispatcher::handle));
    }

    private static void headers(RoutingContext routing) {
        StandardHeaders.put(routing.response(), RequestId.of(routing));
        routing.next();
    }

    private static void enter(RoutingContext routing, OwnNames names, Refused refused) {
        if (names.isCalled(routing.request())) {
            routing.next();
        } else {
            refused.misdirected(routing);
        }
    }
}
