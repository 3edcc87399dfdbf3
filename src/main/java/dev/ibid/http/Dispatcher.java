package dev.ibid.http;

import dev.ibid.failure.Failure;
import dev.ibid.text.TextGate;

import io.vertx.ext.web.MIMEHeader;
import io.vertx.ext.web.RoutingContext;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Takes a request from its event loop to a virtual thread of the room that serves it, and the reply
 * back. Nothing of the body is read before the gate has said who is asking.
 */
final class Dispatcher {

    private static final Logger log = LoggerFactory.getLogger(Dispatcher.class);

    private static final Pattern JSON =
            Pattern.compile("application/json\\s*(;.*)?", Pattern.CASE_INSENSITIVE);

    private final Contract.Operation operation;
    private final Operations.Binding binding;
    private final Gate gate;
    private final Idempotency idempotency;
    private final HttpConfig config;
    private final ReplyWriter writer;

    Dispatcher(
            Contract.Operation operation,
            Operations.Binding binding,
            Gate gate,
            Idempotency idempotency,
            HttpConfig config,
            ReplyWriter writer) {
        this.operation = operation;
        this.binding = binding;
        this.gate = gate;
        this.idempotency = idempotency;
        this.config = config;
        this.writer = writer;
    }

    void handle(RoutingContext routing) {
        Exchange exchange =
                new Exchange(
                        operation,
                        routing,
                        routing.vertx().getOrCreateContext(),
                        idempotency,
                        config);
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
            refuseUnlessAcceptable(exchange);
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

    /** Where there is one form only, it is given to everybody. */
    private void refuseUnlessAcceptable(Exchange exchange) {
        List<MIMEHeader> accepted = exchange.routing().parsedHeaders().accept();
        boolean acceptable =
                operation.produces().size() < 2
                        || accepted.isEmpty()
                        || operation.produces().stream()
                                .anyMatch(type ->
                                        accepted.stream().anyMatch(range -> takes(range, type)));
        if (!acceptable) {
            throw Failure.of(
                    Failure.Kind.NOT_ACCEPTABLE,
                    "not_acceptable",
                    "This operation answers with "
                            + String.join(" or ", operation.produces())
                            + ". Name one of them in Accept, or leave that header out.");
        }
    }

    private static boolean takes(MIMEHeader range, String type) {
        String wanted = range.component() + "/" + range.subComponent();
        return range.weight() > 0
                && (wanted.equals("*/*")
                        || wanted.equalsIgnoreCase(type)
                        || wanted.equalsIgnoreCase(type.replaceFirst("/.*", "/*")));
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
        long maxJsonBytes = config.maxJsonBytes();
        byte[] bytes =
                exchange.stream()
                        .within(config.patience().json())
                        .readNBytes((int) maxJsonBytes + 1);
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
        if (!JSON.matcher(type).matches()) {
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
