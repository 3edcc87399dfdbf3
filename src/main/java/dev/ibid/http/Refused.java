package dev.ibid.http;

import dev.ibid.failure.Failure;

import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.Set;

/** Answers what never reaches an operation: because there is none, or because a router refuses. */
final class Refused {

    private static final Logger log = LoggerFactory.getLogger(Refused.class);

    private final Contract contract;
    private final ReplyWriter writer;

    Refused(Contract contract, ReplyWriter writer) {
        this.contract = contract;
        this.writer = writer;
    }

    void nothingHere(RoutingContext routing) {
        Set<String> methods = contract.methodsAt(routing.normalizedPath());
        if (methods.isEmpty()) {
            writer.fail(routing, Failure.notFound("page or operation"));
            return;
        }
        String allowed = String.join(", ", methods);
        routing.response().putHeader(HttpHeaders.ALLOW, allowed);
        writer.problem(
                routing,
                Problems.methodNotAllowed(
                        allowed, routing.normalizedPath(), RequestId.of(routing)));
    }

    void misdirected(RoutingContext routing) {
        writer.problem(
                routing, Problems.misdirected(routing.normalizedPath(), RequestId.of(routing)));
    }

    /** A status without a cause was chosen by one of Vert.x's own handlers. */
    void byRouter(RoutingContext routing) {
        switch (routing.statusCode()) {
            case 400 ->
                    writer.fail(
                            routing,
                            Failure.of(
                                    Failure.Kind.INVALID,
                                    "malformed_request",
                                    "The address of this request cannot be read."));
            case 403 ->
                    writer.fail(
                            routing,
                            Failure.of(
                                    Failure.Kind.FORBIDDEN,
                                    "origin_not_allowed",
                                    "Pages of this origin may not call the API. Whoever runs the server can add it to ALLOWED_ORIGINS."));
            case 404 -> writer.fail(routing, Failure.notFound("page or operation"));
            default -> defect(routing);
        }
    }

    private void defect(RoutingContext routing) {
        log.error(
                "{} {} failed with status {} before it reached an operation (request {})",
                routing.request().method(),
                routing.normalizedPath(),
                routing.statusCode(),
                RequestId.of(routing),
                routing.failure());
        writer.problem(routing, Problems.internal(routing.normalizedPath(), RequestId.of(routing)));
    }
}
