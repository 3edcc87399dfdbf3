package dev.ibid.chat;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.UUID;

/**
 * A conversation of one person with one assistant.
 *
 * @param activeLeaf the last message of the branch that is gone on with; null before the first
 *     message
 * @param archivedAt null unless it was put away
 */
public record Conversation(
        UUID id,
        String title,
        String assistant,
        @Nullable String sessionId,
        @Nullable UUID activeLeaf,
        Instant createdAt,
        Instant updatedAt,
        @Nullable Instant archivedAt) {}
