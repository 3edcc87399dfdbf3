package dev.ibid.http;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.UUID;

/** What was answered under each {@code Idempotency-Key}, kept for a day. */
public interface IdempotencyKeys {

    Duration KEPT = Duration.ofHours(24);

    /** A claim that was not renewed for this long belonged to a process that has died. */
    Duration CLAIM_LIFE = Duration.ofMinutes(1);

    /**
     * Where a key counts.
     *
     * @param route method and path of the operation, as in the contract
     */
    record Scope(UUID userId, String route, String key) {}

    /**
     * @param json the body as it was sent, null when there was none
     */
    record Answer(int status, Map<String, String> headers, @Nullable String json) {}

    /** What stands under a key. */
    sealed interface Found {

        /** Nothing did; the call is the holder's to serve, and to {@code keep} or {@code free}. */
        record Claim(Scope scope, UUID id) implements Found {}

        record Answered(Answer answer) implements Found {}

        record UnderWay() implements Found {}

        record OtherRequest() implements Found {}
    }

    /** Takes a key that is free, whose claim has died, or that is older than {@link #KEPT}. */
    Found claim(Scope scope, byte[] requestHash);

    /** Does nothing when the claim was lost meanwhile. */
    void keep(Found.Claim claim, Answer answer);

    /** Lets the next call with this key be served anew. */
    void free(Found.Claim claim);

    void renew(Collection<UUID> claims);

    /**
     * Frees every claim; for a process that knows itself to be the only one.
     *
     * @return how many there were
     */
    int freeAll();

    /**
     * Forgets what is older than {@link #KEPT}.
     *
     * @return how many were forgotten
     */
    int sweep();
}
