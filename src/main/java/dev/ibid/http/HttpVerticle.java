package dev.ibid.http;

import dev.ibid.failure.Failure;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.CorsHandler;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** The sockets, on one event loop; deployed once for each core, all instances sharing the port. */
public final class HttpVerticle extends VerticleBase {

    /** For Vert.x: any free port, but the same for all instances. */
    private static final int ANY_SHARED_PORT = -1;

    private final HttpConfig config;
    private final Gate gate;
    private final Idempotency idempotency;
    private final List<Routes> rooms;
    private @Nullable HttpServer server;

    public HttpVerticle(HttpConfig config, Gate gate, Idempotency idempotency, List<Routes> rooms) {
        this.config = config;
        this.gate = gate;
        this.idempotency = idempotency;
        this.rooms = rooms;
    }

    @Override
    public Future<?> start() {
        HttpServerOptions options = options();
        server =
                vertx.createHttpServer(options)
                        .connectionHandler(
                                connection -> StrictRequestDecoder.install(connection, options))
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
                .setIdleTimeout(60);
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
        Contract contract = Contract.load();
        ReplyWriter writer = new ReplyWriter(vertx);
        Router router = Router.router(vertx);
        router.route().handler(HttpVerticle::headers);
        if (!config.allowedOrigins().isEmpty()) {
            router.route("/api/*").handler(cors());
        }
        Map<String, Operations.Binding> bindings =
                Operations.of(rooms).matching(contract.operations().keySet());
        for (Contract.Operation operation : contract.byPrecedence()) {
            Operations.Binding binding = Objects.requireNonNull(bindings.get(operation.id()));
            Dispatcher dispatcher =
                    new Dispatcher(
                            operation, binding, gate, idempotency, config.maxJsonBytes(), writer);
            router.route(HttpMethod.valueOf(operation.method()), operation.route())
                    .handler(dispatcher::handle);
        }
        ApiDocs.mount(router, contract);
        router.route().handler(routing -> nothingHere(routing, contract, writer));
        router.route().failureHandler(routing -> writer.fail(routing, refused(routing)));
        return router;
    }

    private CorsHandler cors() {
        return CorsHandler.create()
                .addOrigins(config.allowedOrigins())
                .allowedMethods(
                        Set.of(
                                HttpMethod.GET,
                                HttpMethod.POST,
                                HttpMethod.PUT,
                                HttpMethod.PATCH,
                                HttpMethod.DELETE))
                .allowedHeaders(
                        Set.of("Authorization", "Content-Type", "Idempotency-Key", "Last-Event-ID"))
                .exposedHeaders(Set.of(RequestId.HEADER, "Retry-After"));
    }

    private static void headers(RoutingContext routing) {
        StandardHeaders.put(routing.response(), RequestId.of(routing));
        routing.next();
    }

    private static void nothingHere(RoutingContext routing, Contract contract, ReplyWriter writer) {
        Set<String> methods = contract.methodsAt(routing.normalizedPath());
        if (methods.isEmpty()) {
            writer.fail(routing, Failure.notFound("page or operation"));
            return;
        }
        String allowed = String.join(", ", methods);
        routing.response().putHeader(HttpHeaders.ALLOW, allowed);
        writer.problem(routing, methodNotAllowed(routing, allowed));
    }

    private static Problem methodNotAllowed(RoutingContext routing, String allowed) {
        return new Problem(
                "urn:ibid:problem:method_not_allowed",
                "Method not allowed",
                405,
                "This address takes " + allowed + ".",
                routing.normalizedPath(),
                RequestId.of(routing),
                null);
    }

    /**
     * What the router itself refuses, before an operation is reached: a path or query that cannot
     * be decoded.
     */
    private static Failure refused(RoutingContext routing) {
        return Failure.of(
                        Failure.Kind.INVALID,
                        "malformed_request",
                        "The address of this request cannot be read.")
                .causedBy(
                        routing.failure() == null
                                ? new IllegalStateException()
                                : routing.failure());
    }
}
