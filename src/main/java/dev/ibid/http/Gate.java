package dev.ibid.http;

import dev.ibid.auth.Caller;

import org.jspecify.annotations.Nullable;

/** Turns a credential into a caller; the only way to become one. */
@FunctionalInterface
public interface Gate {

    /**
     * @param authorization the value of the {@code Authorization} header
     * @throws dev.ibid.failure.Failure of kind UNAUTHENTICATED when the credential is missing,
     *     wrong, expired or revoked
     */
    Caller admit(@Nullable String authorization);
}
