package dev.ibid.http;

import dev.ibid.failure.Failure;
import dev.ibid.text.TextGate;

import io.vertx.ext.web.RoutingContext;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

import java.io.IOException;
import java.util.Optional;

/**
 * Takes a request from its event loop to a virtual thread of the room that serves it, and the reply
 * back. Nothing of the body is read before the gate has said who is asking.
 */
final class Dispatcher {

    private static final Logger log = LoggerFactory.getLogger(Dispatcher.class);

    private final Contract.Operation operation;
    private final Operations.Binding binding;
    private final Gate gate;
    private final Idempotency idempotency;
    private final long maxJsonBytes;
    private final ReplyWriter writer;

    Dispatcher(
            Contract.Operation operation,
            Operations.Binding binding,
            Gate gate,
            Idempotency idempotency,
            long maxJsonBytes,
            ReplyWriter writer) {
        this.operation = operation;
        this.binding = binding;
        this.gate = gate;
        this.idempotency = idempotency;
        this.maxJsonBytes = maxJsonBytes;
        this.writer = writer;
    }

    void handle(RoutingContext routing) {
        Exchange exchange =
                new Exchange(operation, routing, routing.vertx().getOrCreateContext(), idempotency);
        try {
            binding.threads().run(() -> serve(exchange));
        } catch (Failure busy) {
            writer.fail(exchange, busy);
        }
    }

    private void serve(Exchange exchange) {
        MDC.put("requestId", exchange.requestId());
        try {
            admit(exchange);
            checkParameters(exchange);
            byte[] body = readBody(exchange);
            writer.write(exchange, reply(exchange, body));
        } catch (Failure failure) {
            logFailure(failure);
            writer.fail(exchange, failure);
        } catch (Exception | StackOverflowError defect) {
            log.error("{} {} failed", operation.method(), operation.path(), defect);
            writer.fail(exchange);
        } finally {
            MDC.clear();
        }
    }

    /** An action that reads its body itself also knows only itself what its request was. */
    private Reply reply(Exchange exchange, byte[] body) throws Exception {
        return operation.isKeyed() && !operation.readsItself()
                ? exchange.once(body, () -> binding.action().serve(exchange))
                : binding.action().serve(exchange);
    }

    private void admit(Exchange exchange) {
        Optional<String> credential = exchange.header("Authorization");
        boolean asked =
                switch (operation.access()) {
                    case OPEN -> false;
                    case OPTIONAL -> credential.isPresent();
                    case REQUIRED -> true;
                };
        if (asked) {
            exchange.admit(gate.admit(credential.orElse(null)));
        }
    }

    private void checkParameters(Exchange exchange) {
        for (Contract.Parameter parameter : operation.parameters()) {
            switch (parameter.in()) {
                case "path" -> InputCheck.parameter(parameter, exchange.pathText(parameter.name()));
                case "query" ->
                        exchange.query(parameter.name())
                                .ifPresentOrElse(
                                        value -> InputCheck.parameter(parameter, value),
                                        () -> refuseIfRequired(parameter));
                default ->
                        exchange.header(parameter.name())
                                .ifPresentOrElse(
                                        value -> InputCheck.parameter(parameter, value),
                                        () -> refuseIfRequired(parameter));
            }
        }
    }

    private static void refuseIfRequired(Contract.Parameter parameter) {
        if (parameter.required()) {
            throw InputCheck.missing(parameter.name());
        }
    }

    private byte[] readBody(Exchange exchange) throws IOException {
        if (operation.body() == null) {
            return new byte[0];
        }
        byte[] bytes = exchange.stream().readNBytes((int) maxJsonBytes + 1);
        if (bytes.length > maxJsonBytes) {
            throw Failure.of(
                    Failure.Kind.TOO_LARGE,
                    "body_too_large",
                    "A JSON body may have at most " + maxJsonBytes + " bytes.");
        }
        if (bytes.length > 0 || operation.bodyRequired()) {
            refuseOtherTypes(exchange);
            exchange.accept(InputCheck.body(operation.body(), bytes));
        }
        return bytes;
    }

    private static void refuseOtherTypes(Exchange exchange) {
        String type = exchange.header("Content-Type").orElse("");
        if (!type.matches("(?i)application/json\\s*(;.*)?")) {
            throw Failure.of(
                    Failure.Kind.UNSUPPORTED_TYPE,
                    "unsupported_type",
                    "Send the body as Content-Type: application/json, not \""
                            + TextGate.line(type)
                            + "\".");
        }
    }

    private void logFailure(Failure failure) {
        switch (failure.kind().blame()) {
            case CALLER ->
                    log.debug("{} {}: {}", operation.method(), operation.path(), failure.code());
            case EXHAUSTED ->
                    log.warn("{} {}: {}", operation.method(), operation.path(), failure.detail());
            case OURS ->
                    log.warn(
                            "{} {}: {}",
                            operation.method(),
                            operation.path(),
                            failure.detail(),
                            failure.getCause());
        }
    }
}
