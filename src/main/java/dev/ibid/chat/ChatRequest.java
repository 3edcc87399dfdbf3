package dev.ibid.chat;

import org.jspecify.annotations.Nullable;

import java.util.Set;
import java.util.UUID;

/**
 * A question as it is asked.
 *
 * @param conversationId of ours, to go on with; null for another or a new one
 * @param sessionId a name that the client chose for a conversation; unique per person and assistant
 * @param assistant null for the one that answers from the documents
 * @param collectionIds empty for all that the person may read
 * @param documentIds empty for all documents of those collections
 */
public record ChatRequest(
        String message,
        @Nullable UUID conversationId,
        @Nullable String sessionId,
        @Nullable String assistant,
        Set<UUID> collectionIds,
        Set<UUID> documentIds) {

    /** The sets are null where the JSON leaves them out. */
    public ChatRequest {
        collectionIds = collectionIds == null ? Set.of() : Set.copyOf(collectionIds);
        documentIds = documentIds == null ? Set.of() : Set.copyOf(documentIds);
    }
}
