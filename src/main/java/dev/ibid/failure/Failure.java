package dev.ibid.failure;

import org.jspecify.annotations.Nullable;

import java.time.Duration;

/**
 * A failure whose message was written for the person who made the request. Anything thrown that is
 * not a {@code Failure} is a defect of ours and its message stays inside.
 */
public final class Failure extends RuntimeException {

    /** Whose fault a failure is. */
    public enum Blame {
        CALLER,
        OURS,
        EXHAUSTED
    }

    /**
     * The kinds of failure, each with the one it is blamed on and whether the same request may
     * succeed later.
     */
    public enum Kind {
        INVALID(Blame.CALLER, false),
        NOT_ACCEPTABLE(Blame.CALLER, false),
        TOO_SLOW(Blame.CALLER, true),
        UNAUTHENTICATED(Blame.CALLER, false),
        FORBIDDEN(Blame.CALLER, false),
        NOT_FOUND(Blame.CALLER, false),
        CONFLICT(Blame.CALLER, false),
        TOO_LARGE(Blame.CALLER, false),
        UNSUPPORTED_TYPE(Blame.CALLER, false),
        UNPROCESSABLE(Blame.CALLER, false),
        RATE_LIMITED(Blame.CALLER, true),
        BUSY(Blame.EXHAUSTED, true),
        STORAGE_FULL(Blame.EXHAUSTED, true),
        UNAVAILABLE(Blame.OURS, true),
        PROVIDER(Blame.OURS, true),
        TIMEOUT(Blame.OURS, true);

        private final Blame blame;
        private final boolean retriable;

        Kind(Blame blame, boolean retriable) {
            this.blame = blame;
            this.retriable = retriable;
        }

        public Blame blame() {
            return blame;
        }

        public boolean retriable() {
            return retriable;
        }
    }

    private final Kind kind;
    private final String code;
    private final @Nullable String field;
    private final @Nullable Duration retryAfter;

    private Failure(
            Kind kind,
            String code,
            String detail,
            @Nullable String field,
            @Nullable Duration retryAfter,
            @Nullable Throwable cause) {
        super(detail, cause);
        this.kind = kind;
        this.code = code;
        this.field = field;
        this.retryAfter = retryAfter;
    }

    /**
     * @param code a stable, lower-case name that programs may switch on, such as {@code
     *     email_taken}
     * @param detail a sentence that says what happened and what to do
     */
    public static Failure of(Kind kind, String code, String detail) {
        return new Failure(kind, code, detail, null, null, null);
    }

    /**
     * An input that is wrong in one place; {@code field} is its name in the body, path or query.
     */
    public static Failure invalid(String field, String detail) {
        return new Failure(Kind.INVALID, "invalid", detail, field, null, null);
    }

    /** The answer to an unknown id, and, word for word, to somebody else's. */
    public static Failure notFound(String what) {
        return of(Kind.NOT_FOUND, "not_found", "There is no such " + what + ".");
    }

    public static Failure busy(String detail, Duration retryAfter) {
        return new Failure(Kind.BUSY, "busy", detail, null, retryAfter, null);
    }

    /**
     * A neighbour (database, model provider, vector store) that cannot be reached or does not
     * answer in time.
     */
    public static Failure unavailable(String detail, Duration retryAfter, Throwable cause) {
        return new Failure(Kind.UNAVAILABLE, "unavailable", detail, null, retryAfter, cause);
    }

    public Failure withRetryAfter(Duration wait) {
        return new Failure(kind, code, detail(), field, wait, getCause());
    }

    public Failure causedBy(Throwable cause) {
        return new Failure(kind, code, detail(), field, retryAfter, cause);
    }

    public Kind kind() {
        return kind;
    }

    public String code() {
        return code;
    }

    public String detail() {
        String message = getMessage();
        return message == null ? "" : message;
    }

    public @Nullable String field() {
        return field;
    }

    public @Nullable Duration retryAfter() {
        return retryAfter;
    }
}
