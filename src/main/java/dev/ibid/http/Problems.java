package dev.ibid.http;

import dev.ibid.failure.Failure;

import org.jspecify.annotations.Nullable;

/** The one table from failures to HTTP. */
public final class Problems {

    private Problems() {}

    static int status(Failure.Kind kind) {
        return switch (kind) {
            case INVALID -> 400;
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
        return new Problem(
                "urn:ibid:problem:internal",
                "Internal error",
                500,
                "Something went wrong on the server. If it stays, tell whoever runs it the request id.",
                instance,
                requestId,
                null);
    }
}
