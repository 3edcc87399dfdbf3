package dev.ibid.http;

import com.fasterxml.jackson.databind.util.RawValue;

import dev.ibid.failure.Failure;
import dev.ibid.http.IdempotencyKeys.Answer;
import dev.ibid.http.IdempotencyKeys.Found;
import dev.ibid.http.IdempotencyKeys.Scope;
import dev.ibid.json.Json;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * Serves a call once under its {@code Idempotency-Key}, however often it is sent. Only what
 * succeeded is kept. The answer is kept after the room has committed its work, so a process that
 * dies in between leaves a key under which the next call is served again.
 */
public final class Idempotency implements AutoCloseable {

    static final String HEADER = "Idempotency-Key";

    private static final Logger log = LoggerFactory.getLogger(Idempotency.class);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);
    private static final Duration RENEW_EVERY = IdempotencyKeys.CLAIM_LIFE.dividedBy(6);
    private static final Duration SWEEP_EVERY = Duration.ofHours(1);

    /** What a call does when it is the first with its key. */
    @FunctionalInterface
    public interface Work<X extends Exception> {
        Reply serve() throws X;
    }

    private final IdempotencyKeys keys;
    private final Set<UUID> running = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService clock =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofVirtual().name("idempotency").factory());

    public Idempotency(IdempotencyKeys keys) {
        this.keys = keys;
    }

    /** Begins to keep running claims alive and to forget old answers. */
    public Idempotency start() {
        every(RENEW_EVERY, "renewed", () -> keys.renew(Set.copyOf(running)));
        every(SWEEP_EVERY, "swept", keys::sweep);
        return this;
    }

    /**
     * @throws Failure when the key was used for another request, or its first call is under way
     */
    <X extends Exception> Reply once(Scope scope, byte[] requestHash, Work<X> work) throws X {
        return switch (keys.claim(scope, requestHash)) {
            case Found.Claim claim -> serve(claim, work);
            case Found.Answered answered -> reply(answered.answer());
            case Found.UnderWay underWay ->
                    throw Failure.of(
                                    Failure.Kind.CONFLICT,
                                    "idempotency_key_in_use",
                                    "The first request with this Idempotency-Key is still being served. Ask again in a moment.")
                            .withRetryAfter(RETRY_AFTER);
            case Found.OtherRequest other ->
                    throw Failure.of(
                            Failure.Kind.UNPROCESSABLE,
                            "idempotency_key_reused",
                            "This Idempotency-Key was sent with another request before. Use a new key for each new request.");
        };
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }

    private <X extends Exception> Reply serve(Found.Claim claim, Work<X> work) throws X {
        running.add(claim.id());
        Optional<Answer> answer = Optional.empty();
        try {
            Reply reply = work.serve();
            answer = answer(reply);
            return reply;
        } finally {
            settle(claim, answer);
            running.remove(claim.id());
        }
    }

    /** The call has come to its end already; that its key is lost must not make a failure of it. */
    private void settle(Found.Claim claim, Optional<Answer> answer) {
        try {
            answer.ifPresentOrElse(kept -> keys.keep(claim, kept), () -> keys.free(claim));
        } catch (RuntimeException lost) {
            log.warn("What was answered under an Idempotency-Key could not be kept", lost);
        }
    }

    private static Optional<Answer> answer(Reply reply) {
        return switch (reply) {
            case Reply.Body body when body.status() < 300 ->
                    Optional.of(new Answer(body.status(), body.headers(), Json.text(body.value())));
            case Reply.Empty empty when empty.status() < 300 ->
                    Optional.of(new Answer(empty.status(), Map.of(), null));
            default -> Optional.empty();
        };
    }

    private static Reply reply(Answer kept) {
        return kept.json() == null
                ? new Reply.Empty(kept.status())
                : new Reply.Body(kept.status(), new RawValue(kept.json()), kept.headers());
    }

    private void every(Duration period, String verb, Runnable work) {
        Runnable unstoppable =
                () -> {
                    try {
                        work.run();
                    } catch (RuntimeException later) {
                        log.warn(
                                "Idempotency keys were not {}; the next round will try again",
                                verb,
                                later);
                    }
                };
        ScheduledFuture<?> _ =
                clock.scheduleWithFixedDelay(
                        unstoppable, period.toMillis(), period.toMillis(), TimeUnit.MILLISECONDS);
    }
}
