package dev.ibid.knowledge;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Makes one ranking of two by a convex combination: each side's scores are stretched so that its
 * best hit has 1 and its hundredth (or last) 0, then added by weight. A side whose hits all score
 * alike gives each of them 1; what a side did not find gets 0 from it.
 */
final class Fusion {

    /** How many hits of each side the stretching looks at. */
    static final int DEPTH = 100;

    private static final double LEAST_SPREAD = 1e-9;

    record Fused(
            UUID chunkId,
            double score,
            @Nullable Double dense,
            @Nullable Double lexical,
            int rank) {}

    private record Place(double raw, double stretched, int rank) {}

    private Fusion() {}

    /**
     * @param weight of the dense side; the lexical side has the rest
     */
    static List<Fused> fuse(List<Hit> dense, List<Hit> lexical, double weight) {
        Map<UUID, Place> byVectors = stretched(dense);
        Map<UUID, Place> byWords = stretched(lexical);
        Map<UUID, Fused> fused = new HashMap<>();
        byVectors.forEach((id, place) -> fused.put(id, fused(id, place, byWords.get(id), weight)));
        byWords.forEach(
                (id, place) -> fused.computeIfAbsent(id, only -> fused(only, null, place, weight)));
        List<Fused> ranking = new ArrayList<>(fused.values());
        ranking.sort(
                Comparator.comparingDouble(Fused::score)
                        .reversed()
                        .thenComparingInt(Fused::rank)
                        .thenComparing(Fused::chunkId));
        return ranking;
    }

    private static Fused fused(
            UUID id, @Nullable Place dense, @Nullable Place lexical, double weight) {
        double score =
                (dense == null ? 0 : weight * dense.stretched())
                        + (lexical == null ? 0 : (1 - weight) * lexical.stretched());
        int rank =
                Math.min(
                        dense == null ? Integer.MAX_VALUE : dense.rank(),
                        lexical == null ? Integer.MAX_VALUE : lexical.rank());
        return new Fused(
                id,
                score,
                dense == null ? null : dense.raw(),
                lexical == null ? null : lexical.raw(),
                rank);
    }

    private static Map<UUID, Place> stretched(List<Hit> hits) {
        Map<UUID, Place> places = new HashMap<>();
        if (hits.isEmpty()) {
            return places;
        }
        double best = hits.getFirst().score();
        double least = hits.get(Math.min(hits.size(), DEPTH) - 1).score();
        for (int rank = 0; rank < hits.size(); rank++) {
            Hit hit = hits.get(rank);
            double stretched =
                    best - least < LEAST_SPREAD ? 1 : (hit.score() - least) / (best - least);
            places.put(hit.chunkId(), new Place(hit.score(), Math.max(0, stretched), rank));
        }
        return places;
    }
}
