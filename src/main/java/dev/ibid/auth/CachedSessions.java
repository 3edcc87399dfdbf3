package dev.ibid.auth;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * Remembers for some seconds which sessions are live. What this process ends it forgets at once;
 * what another replica ends is noticed here when those seconds are over. That the database cannot
 * be reached is never remembered.
 */
final class CachedSessions implements Sessions {

    private static final Duration REMEMBERED = Duration.ofSeconds(15);
    private static final int MOST = 100_000;

    private final Sessions stored;
    private final AsyncCache<UUID, Optional<LiveSession>> live;

    CachedSessions(Sessions stored, Ticker clock) {
        this.stored = stored;
        this.live =
                Caffeine.newBuilder()
                        .expireAfterWrite(REMEMBERED)
                        .maximumSize(MOST)
                        .ticker(clock)
                        .buildAsync();
    }

    @Override
    public Optional<LiveSession> use(UUID sessionId) {
        CompletableFuture<Optional<LiveSession>> mine = new CompletableFuture<>();
        CompletableFuture<Optional<LiveSession>> earlier =
                live.asMap().putIfAbsent(sessionId, mine);
        if (earlier == null) {
            ask(sessionId, mine);
        }
        return answer(earlier == null ? mine : earlier);
    }

    @Override
    public Optional<LiveSession> open(
            UUID userId, String verifiedHash, RefreshToken first, String address) {
        return stored.open(userId, verifiedHash, first, address);
    }

    @Override
    public Rotation rotate(RefreshToken presented, RefreshToken next) {
        Rotation rotation = stored.rotate(presented, next);
        if (rotation instanceof Rotation.Reused reused) {
            forget(reused.sessionId());
        }
        return rotation;
    }

    @Override
    public void revoke(UUID userId, UUID sessionId) {
        stored.revoke(userId, sessionId);
        forget(sessionId);
    }

    @Override
    public Optional<UUID> sessionOf(UUID userId, RefreshToken token) {
        return stored.sessionOf(userId, token);
    }

    @Override
    public Optional<List<UUID>> changePassword(
            UUID userId, String verifiedHash, String newHash, UUID keptSession) {
        Optional<List<UUID>> ended =
                stored.changePassword(userId, verifiedHash, newHash, keptSession);
        ended.ifPresent(sessions -> sessions.forEach(this::forget));
        return ended;
    }

    @Override
    public void sweep() {
        stored.sweep();
    }

    private void forget(UUID sessionId) {
        live.asMap().remove(sessionId);
    }

    private void ask(UUID sessionId, CompletableFuture<Optional<LiveSession>> answer) {
        try {
            answer.complete(stored.use(sessionId));
        } catch (RuntimeException | Error unknown) {
            answer.completeExceptionally(unknown);
        }
    }

    private static Optional<LiveSession> answer(CompletableFuture<Optional<LiveSession>> future) {
        try {
            return future.join();
        } catch (CompletionException failed) {
            if (failed.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw failed;
        }
    }
}
