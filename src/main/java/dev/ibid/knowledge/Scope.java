package dev.ibid.knowledge;

import java.util.Set;
import java.util.UUID;

/**
 * What a search may look at. The collections are those the caller may read, narrowed by what was
 * asked for: made by {@link Library#reach} and nowhere else.
 *
 * @param collectionIds never empty in a query that reaches an index
 * @param documentIds empty for all documents of those collections
 */
public record Scope(Set<UUID> collectionIds, Set<UUID> documentIds) {

    public Scope {
        collectionIds = Set.copyOf(collectionIds);
        documentIds = Set.copyOf(documentIds);
    }
}
