package dev.ibid.http;

import com.github.f4b6a3.uuid.UuidCreator;

import dev.ibid.failure.Failure;

import org.jspecify.annotations.Nullable;

/** The one table from failures to HTTP. */
public final class Problems {

    private Problems() {}

    static int status(Failure.Kind kind) {
        return switch (kind) {
            case INVALID -> 400;
            case NOT_ACCEPTABLE -> 406;
            case TOO_SLOW -> 408;
            case UNAUTHENTICATED -> 401;
            case FORBIDDEN -> 403;
            case NOT_FOUND -> 404;
            case CONFLICT -> 409;
            case TOO_LARGE -> 413;
            case UNSUPPORTED_TYPE -> 415;
            case UNPROCESSABLE -> 422;
            case RATE_LIMITED -> 429;
            case PROVIDER -> 502;
            case BUSY, UNAVAILABLE -> 503;
            case TIMEOUT -> 504;
            case STORAGE_FULL -> 507;
        };
    }

    private static String title(Failure.Kind kind) {
        return switch (kind) {
            case INVALID -> "Invalid input";
            case NOT_ACCEPTABLE -> "Not acceptable";
            case TOO_SLOW -> "Too slow";
            case UNAUTHENTICATED -> "Sign in first";
            case FORBIDDEN -> "Not allowed";
            case NOT_FOUND -> "Not found";
            case CONFLICT -> "Conflict";
            case TOO_LARGE -> "Too large";
            case UNSUPPORTED_TYPE -> "Unsupported type";
            case UNPROCESSABLE -> "Cannot be processed";
            case RATE_LIMITED -> "Too many requests";
            case PROVIDER -> "The model provider failed";
            case BUSY -> "Busy";
            case UNAVAILABLE -> "Unavailable";
            case TIMEOUT -> "Took too long";
            case STORAGE_FULL -> "Storage is full";
        };
    }

    /**
     * Problem details outside a request of their own, as for one file of several or in an event
     * stream.
     */
    public static Problem of(Failure failure) {
        return of(failure, null, null);
    }

    /** The same, for a request that the log knows by its id. */
    public static Problem of(Failure failure, String requestId) {
        return of(failure, null, requestId);
    }

    static Problem of(Failure failure, @Nullable String instance, @Nullable String requestId) {
        Failure.Kind kind = failure.kind();
        return new Problem(
                "urn:ibid:problem:" + failure.code(),
                title(kind),
                status(kind),
                failure.detail(),
                instance,
                requestId,
                failure.field());
    }

    /**
     * What the client sees of a defect: that there was one, and the id under which the log tells
     * more.
     */
    public static Problem internal(String requestId) {
        return internal(null, requestId);
    }

    static Problem internal(@Nullable String instance, String requestId) {
        return problem(
                "internal",
                "Internal error",
                500,
                "Something went wrong on the server. If it stays, tell whoever runs it the request id.",
                instance,
                requestId);
    }

    static Problem methodNotAllowed(String allowed, String instance, String requestId) {
        return problem(
                "method_not_allowed",
                "Method not allowed",
                405,
                "This address takes " + allowed + ".",
                instance,
                requestId);
    }

    static Problem misdirected(String instance, String requestId) {
        return problem(
                "misdirected",
                "Wrong name",
                421,
                "In local mode this server answers to localhost only. Ask for it by that name, or have whoever runs it add https:// and the other name to ALLOWED_ORIGINS.",
                instance,
                requestId);
    }

    static Problem slowHead() {
        return unreadable(
                "too_slow",
                "Too slow",
                408,
                "The headers of the request did not arrive in time. Send it again over a better connection.");
    }

    /** For what is no request yet: it has neither an address nor an id of its own. */
    static Problem unreadable(String code, String title, int status, String detail) {
        return problem(
                code, title, status, detail, "/", UuidCreator.getTimeOrderedEpoch().toString());
    }

    private static Problem problem(
            String code,
            String title,
            int status,
            String detail,
            @Nullable String instance,
            String requestId) {
        return new Problem(
                "urn:ibid:problem:" + code, title, status, detail, instance, requestId, null);
    }
}
