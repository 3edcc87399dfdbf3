package dev.ibid.knowledge;

import dev.ibid.auth.Caller;
import dev.ibid.knowledge.Fusion.Fused;
import dev.ibid.knowledge.Library.ReadableChunk;
import dev.ibid.knowledge.RetrievalMeters.Stage;
import dev.ibid.knowledge.TwoSides.Found;

import io.micrometer.core.instrument.MeterRegistry;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * The one place that searches. It cannot be asked without a caller: the indexes look only at what
 * the caller may read, and each passage is checked against the library again before it leaves.
 */
public final class Retrieval {

    private static final Duration OWN_CHANGES = Duration.ofSeconds(5);
    private static final int DEEPEST = 1_600;
    private static final int DEEPER = 4;

    private final Library library;
    private final LexicalIndex words;
    private volatile Dense dense;
    private volatile List<Follower> followers;
    private final RetrievalMeters meters;

    /** What finding by vectors takes. */
    public record Dense(NearestChunks index, QueryVectors queryVectors, DenseWeight weight) {}

    /**
     * @param followers those of the two indexes: a search waits until they have seen the caller's
     *     own last change
     */
    public Retrieval(
            Library library,
            LexicalIndex words,
            Dense dense,
            List<Follower> followers,
            MeterRegistry meters) {
        this.library = library;
        this.words = words;
        this.dense = dense;
        this.followers = List.copyOf(followers);
        this.meters = new RetrievalMeters(meters);
    }

    /** At most {@code request.limit()} passages, no two of the same text. */
    public SearchResult search(Caller caller, SearchRequest request) {
        awaitChangesBy(caller.userId());
        Scope scope =
                library.scope(caller.userId(), request.collectionIds(), request.documentIds());
        SearchResult result =
                scope.collectionIds().isEmpty()
                        ? new SearchResult(List.of(), Set.of())
                        : search(caller.userId(), request, scope);
        meters.found(result.passages());
        return result;
    }

    /**
     * Lets another embedding model answer from now on; a search that is under way ends with the one
     * it began with.
     */
    public void findBy(Dense other, List<Follower> those) {
        dense = other;
        followers = List.copyOf(those);
    }

    /**
     * Judges the passages found here.
     *
     * @param similarityThreshold on {@code (1 + cosine) / 2}
     */
    public Relevance relevance(double similarityThreshold) {
        return new Relevance(words, query -> dense.weight().of(query), similarityThreshold);
    }

    private void awaitChangesBy(UUID userId) {
        long last = library.lastChangeBy(userId);
        long until = System.nanoTime() + OWN_CHANGES.toNanos();
        for (Follower follower : followers) {
            follower.awaitApplied(last, Duration.ofNanos(until - System.nanoTime()));
        }
    }

    /**
     * Looks deeper where too little is left of the first hits, because they were copies of each
     * other or are no longer to be read.
     */
    private SearchResult search(UUID reader, SearchRequest request, Scope scope) {
        Dense side = dense;
        Supplier<float[]> vector =
                once(() ->
                        meters.timed(Stage.EMBED, () -> side.queryVectors().of(request.query())));
        for (int depth = Fusion.DEPTH; ; depth *= DEEPER) {
            Found found = find(side, request.query(), vector, scope, depth);
            List<Fused> ranking =
                    meters.timed(
                            Stage.FUSE,
                            () -> Fusion.fuse(found.dense(), found.lexical(), found.weight()));
            List<Passage> passages =
                    meters.timed(Stage.CHECK, () -> checked(reader, request, ranking));
            if (passages.size() >= request.limit()
                    || depth >= DEEPEST
                    || !found.mayHaveMore(depth)) {
                return new SearchResult(passages, found.degraded());
            }
        }
    }

    private Found find(Dense side, String query, Supplier<float[]> vector, Scope scope, int depth) {
        return TwoSides.ask(
                () -> {
                    float[] embedded = vector.get();
                    return meters.timed(
                            Stage.DENSE, () -> side.index().query(embedded, scope, depth));
                },
                () -> meters.timed(Stage.LEXICAL, () -> words.search(query, scope, depth)),
                side.weight().of(query));
    }

    private List<Passage> checked(UUID reader, SearchRequest request, List<Fused> ranking) {
        List<Passage> passages = new ArrayList<>();
        Set<String> texts = new HashSet<>();
        int step = 2 * request.limit();
        for (int from = 0;
                from < ranking.size() && passages.size() < request.limit();
                from += step) {
            List<Fused> next = ranking.subList(from, Math.min(ranking.size(), from + step));
            Map<UUID, ReadableChunk> readable =
                    library.readable(reader, next.stream().map(Fused::chunkId).toList());
            for (Fused fused : next) {
                ReadableChunk found = readable.get(fused.chunkId());
                if (found != null
                        && passages.size() < request.limit()
                        && isWanted(fused, request)
                        && texts.add(alike(found.chunk().text()))) {
                    passages.add(
                            new Passage(
                                    found.chunk(),
                                    found.documentName(),
                                    fused.score(),
                                    fused.dense(),
                                    fused.lexical()));
                }
            }
        }
        return passages;
    }

    private static boolean isWanted(Fused fused, SearchRequest request) {
        return request.minScore() == null || fused.score() >= request.minScore();
    }

    /** Copies of a document differ in spaces and line ends at most. */
    private static String alike(String text) {
        return text.strip().replaceAll("\\s+", " ");
    }

    private static Supplier<float[]> once(Supplier<float[]> costly) {
        float[][] kept = new float[1][];
        return () -> {
            if (kept[0] == null) {
                kept[0] = costly.get();
            }
            return kept[0];
        };
    }
}
