package dev.ibid.chat;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;

import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * The answers of this process: those under way, and those that ended within the last hour, which
 * can be read again event by event.
 */
final class Generations {

    private static final Duration REPLAYABLE = Duration.ofHours(1);
    private static final long MOST_BYTES = 64L << 20;

    /** Of the message, the request and what else belongs to an answer beside its events. */
    private static final int BYTES_AROUND = 16 << 10;

    private final Map<UUID, Generation> underWay = new ConcurrentHashMap<>();
    private final Cache<UUID, Generation> ended;

    Generations(Ticker ticker) {
        this.ended =
                Caffeine.newBuilder()
                        .ticker(ticker)
                        .expireAfterWrite(REPLAYABLE)
                        .maximumWeight(MOST_BYTES)
                        .weigher((UUID id, Generation generation) -> weight(generation))
                        .build();
    }

    void begun(Generation generation) {
        underWay.put(generation.id(), generation);
    }

    /** In this order, so that nobody finds it nowhere. */
    void ended(Generation generation) {
        ended.put(generation.id(), generation);
        underWay.remove(generation.id());
        if (generation.isForgotten()) {
            ended.invalidate(generation.id());
        }
    }

    /** Stops and forgets the answers of a conversation that was deleted. */
    void forget(UUID conversationId) {
        Stream.of(underWay.values(), ended.asMap().values())
                .flatMap(Collection::stream)
                .filter(generation -> generation.turn().conversationId().equals(conversationId))
                .forEach(this::forget);
    }

    private void forget(Generation generation) {
        generation.forget();
        underWay.remove(generation.id());
        ended.invalidate(generation.id());
    }

    Optional<Generation> find(UUID userId, UUID messageId) {
        return Optional.ofNullable(underWay.get(messageId))
                .or(() -> Optional.ofNullable(ended.getIfPresent(messageId)))
                .filter(generation -> generation.isFor(userId));
    }

    void stopAll() {
        underWay.values().forEach(generation -> generation.draft().stop());
    }

    private static int weight(Generation generation) {
        return (int) Math.min(MOST_BYTES, BYTES_AROUND + generation.bytes());
    }
}
