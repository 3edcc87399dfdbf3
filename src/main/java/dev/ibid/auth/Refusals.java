package dev.ibid.auth;

import dev.ibid.failure.Failure;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

import java.util.Locale;

/** Why people are turned away, counted by reason. */
final class Refusals {

    enum Reason {
        BAD_CREDENTIALS("The e-mail address or the password is wrong."),
        ACCOUNT_DISABLED("This account is disabled. Ask an administrator to enable it."),
        WRONG_PASSWORD("The current password is wrong."),
        TOKEN_MISSING(
                "Sign in first: this needs an access token in the header Authorization: Bearer."),
        TOKEN_INVALID("The access token is wrong or has expired. Refresh it, or sign in again."),
        SESSION_ENDED("This session has ended. Sign in again."),
        REFRESH_INVALID("The refresh token is unknown or has expired. Sign in again."),
        REFRESH_REUSED(
                "This refresh token was used before, so the session was ended to be safe. Sign in"
                        + " again, and change the password if it was not you.");

        private final String sentence;

        Reason(String sentence) {
            this.sentence = sentence;
        }

        private String code() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** Forbidden is what signing in again, or a fresh token, would not change. */
        private Failure.Kind kind() {
            return switch (this) {
                case ACCOUNT_DISABLED, WRONG_PASSWORD -> Failure.Kind.FORBIDDEN;
                default -> Failure.Kind.UNAUTHENTICATED;
            };
        }
    }

    private final MeterRegistry meters;

    Refusals(MeterRegistry meters) {
        this.meters = meters;
    }

    Failure because(Reason reason) {
        Counter.builder("auth.failures")
                .description("Credentials that were refused")
                .tag("reason", reason.code())
                .register(meters)
                .increment();
        return Failure.of(reason.kind(), reason.code(), reason.sentence);
    }
}
