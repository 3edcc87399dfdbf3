package dev.ibid.knowledge;

import java.util.List;
import java.util.Set;

/**
 * What was found.
 *
 * @param passages best first
 * @param degraded the sides that should have been searched and could not be
 */
public record SearchResult(List<Passage> passages, Set<Side> degraded) {

    public SearchResult {
        passages = List.copyOf(passages);
        degraded = Set.copyOf(degraded);
    }
}
