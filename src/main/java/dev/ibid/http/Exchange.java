package dev.ibid.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;

import dev.ibid.auth.Caller;
import dev.ibid.failure.Failure;
import dev.ibid.json.Json;
import dev.ibid.listing.Page;
import dev.ibid.text.TextGate;

import io.vertx.core.Context;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.HttpException;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/**
 * One request as a room sees it, after the gate and after its input was checked against the
 * contract.
 */
public final class Exchange {

    private final Contract.Operation operation;
    private final RoutingContext routing;
    private final Context eventLoop;
    private final Idempotency idempotency;
    private final TrustedProxies proxies;
    private final BodyStream stream;
    private final String requestId;
    private @Nullable Caller caller;
    private @Nullable JsonNode body;

    /** To be made on the request's event loop. */
    Exchange(
            Contract.Operation operation,
            RoutingContext routing,
            Context eventLoop,
            Idempotency idempotency,
            HttpConfig config) {
        this.operation = operation;
        this.routing = routing;
        this.eventLoop = eventLoop;
        this.idempotency = idempotency;
        this.proxies = config.trustedProxies();
        this.stream = new BodyStream(routing.request(), config.patience());
        this.requestId = RequestId.of(routing);
    }

    /**
     * Who is asking; on an operation that is open to everybody there is nobody, and asking is a
     * defect.
     */
    public Caller caller() {
        return Objects.requireNonNull(caller, "an open operation has no caller");
    }

    /** Who is asking, where a credential is optional. */
    public Optional<Caller> optionalCaller() {
        return Optional.ofNullable(caller);
    }

    /** The JSON body as a record. */
    public <T> T body(Class<T> type) {
        try {
            return Json.MAPPER.treeToValue(
                    Objects.requireNonNull(body, "the contract has no JSON body here"), type);
        } catch (JsonProcessingException mismatch) {
            throw Failure.invalid(
                            "body", "The body does not have the form that this operation wants.")
                    .causedBy(mismatch);
        }
    }

    /** Whether a body was sent where the contract allows to leave it out. */
    public boolean hasBody() {
        return body != null;
    }

    /** The body of an upload, unread. */
    public BodyStream stream() {
        return stream;
    }

    /**
     * Does the work of a call unless it was done before under the call's {@code Idempotency-Key},
     * and then gives the first answer again; without a key it is always done. The door does this by
     * itself for each operation that declares the header in the contract, except where the action
     * reads the body: such an action calls this once it knows what it was sent.
     *
     * @param request the same bytes whenever the same request is sent: its body, or for an upload
     *     its fields and the names and hashes of its files; the address is added
     * @throws Failure of kind UNPROCESSABLE when the key belongs to another request, CONFLICT when
     *     its first call is under way
     */
    public <X extends Exception> Reply once(byte[] request, Idempotency.Work<X> work) throws X {
        Optional<String> key = header(Idempotency.HEADER);
        if (key.isEmpty()) {
            return work.serve();
        }
        String route = operation.method() + " " + operation.path();
        return idempotency.once(
                new IdempotencyKeys.Scope(caller().userId(), route, key.get()),
                fingerprint(request),
                work);
    }

    private byte[] fingerprint(byte[] request) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(routing.request().uri().getBytes(StandardCharsets.UTF_8));
            digest.update((byte) 0);
            return digest.digest(request);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    public String pathText(String name) {
        return Objects.requireNonNull(routing.pathParam(name), name);
    }

    public UUID pathId(String name) {
        return id(name, pathText(name));
    }

    public Optional<String> query(String name) {
        List<String> values = queryValues(name);
        return values.isEmpty() ? Optional.empty() : Optional.of(TextGate.clean(values.getFirst()));
    }

    private List<String> queryValues(String name) {
        try {
            return routing.queryParam(name);
        } catch (HttpException undecodable) {
            throw Failure.of(
                            Failure.Kind.INVALID,
                            "malformed_request",
                            "The query of this address cannot be read.")
                    .causedBy(undecodable);
        }
    }

    public Optional<UUID> queryId(String name) {
        return query(name).map(value -> id(name, value));
    }

    /** {@code limit} and {@code cursor}. */
    public Page page() {
        int limit = query("limit").map(Integer::parseInt).orElse(Page.USUAL);
        return Page.of(limit, query("cursor").orElse(null));
    }

    public Optional<String> header(String name) {
        return Optional.ofNullable(routing.request().getHeader(name));
    }

    /** Where the request came from, as far as trusted proxies tell. */
    public String clientAddress() {
        return proxies.client(routing.request());
    }

    /**
     * Whether somebody on this machine asks. A proxy on this machine asks for others, trusted or
     * not.
     */
    public boolean isLocal() {
        return OwnNames.isLoopback(routing.request().remoteAddress().hostAddress())
                && !TrustedProxies.isForwarded(routing.request());
    }

    /**
     * @param told on the request's event loop, when its connection is lost before it was answered
     */
    public void whenGone(Runnable told) {
        HttpServerResponse response = routing.response();
        eventLoop.runOnContext(onLoop -> {
            if (response.closed()) {
                told.run();
            } else {
                response.closeHandler(gone -> told.run());
            }
        });
    }

    public String requestId() {
        return requestId;
    }

    RoutingContext routing() {
        return routing;
    }

    Context eventLoop() {
        return eventLoop;
    }

    void admit(Caller admitted) {
        this.caller = admitted;
    }

    void accept(JsonNode checkedBody) {
        this.body = checkedBody;
    }

    private static UUID id(String name, String value) {
        try {
            return UUID.fromString(value);
        } catch (IllegalArgumentException malformed) {
            throw Failure.invalid(name, name + " must be an id (a UUID).");
        }
    }
}
