package dev.ibid.knowledge;

import org.jspecify.annotations.Nullable;

import java.util.Set;
import java.util.UUID;

/**
 * What is looked for, and where.
 *
 * @param minScore passages with a lower fused score are left out; null for none
 * @param collectionIds empty for all that the caller may read
 * @param documentIds empty for all documents of those collections
 */
public record SearchRequest(
        String query,
        int limit,
        @Nullable Double minScore,
        Set<UUID> collectionIds,
        Set<UUID> documentIds) {

    public SearchRequest {
        collectionIds = Set.copyOf(collectionIds);
        documentIds = Set.copyOf(documentIds);
    }
}
