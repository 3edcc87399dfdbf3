package dev.ibid.models;

import dev.langchain4j.exception.HttpException;

import org.jspecify.annotations.Nullable;

import java.time.Duration;

/**
 * A provider's answer outside 2xx. The message is the provider's body, bounded, without the key
 * that was sent: for our log, not for readers.
 */
public final class VertxHttpException extends HttpException {

    private final @Nullable Duration retryAfter;

    VertxHttpException(int status, String body, @Nullable Duration retryAfter) {
        super(status, body);
        this.retryAfter = retryAfter;
    }

    /** How long the provider asks us to wait, if it says so in seconds (RFC 9110 §10.2.3). */
    public @Nullable Duration retryAfter() {
        return retryAfter;
    }

    static @Nullable Duration seconds(@Nullable String retryAfter) {
        if (retryAfter == null || !retryAfter.strip().matches("\\d{1,9}(\\.\\d{1,9})?")) {
            return null;
        }
        return Duration.ofMillis(Math.round(Double.parseDouble(retryAfter.strip()) * 1000));
    }
}
