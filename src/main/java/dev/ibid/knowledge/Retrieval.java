package dev.ibid.knowledge;

import dev.ibid.auth.Caller;
import dev.ibid.knowledge.Fusion.Fused;
import dev.ibid.knowledge.HybridSearch.Found;
import dev.ibid.knowledge.Library.ReadableChunk;
import dev.ibid.knowledge.RetrievalMeters.Stage;

import io.micrometer.core.instrument.MeterRegistry;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * The one place that searches. It cannot be asked without a caller: the indexes look only at what
 * the caller may read, and each passage is checked against the library again before it leaves.
 */
public final class Retrieval {

    private static final Duration OWN_CHANGES = Duration.ofSeconds(5);
    private static final Duration CHANGES_OF_OTHERS = Duration.ofSeconds(2);
    private static final int LEAST_STEP = 32;
    private static final Pattern WHITE_SPACE = Pattern.compile("\\s+");
    private static final int DEEPEST = 1_600;
    private static final int DEEPER = 4;

    private final Library library;
    private final LexicalIndex words;
    private volatile Dense dense;
    private volatile List<Follower> followers;
    private final RetrievalMeters meters;
    private final HybridSearch hybrid = new HybridSearch();

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

    /**
     * At most {@code request.limit()} passages, no two of the same text.
     *
     * @throws dev.ibid.failure.Failure of kind UNAVAILABLE when neither index answers, BUSY when
     *     too many ask at once
     */
    public SearchResult search(Caller caller, SearchRequest request) {
        Library.Reach reach =
                library.reach(caller.userId(), request.collectionIds(), request.documentIds());
        awaitApplied(reach.lastOwnChange(), OWN_CHANGES);
        SearchResult result =
                reach.scope().collectionIds().isEmpty()
                        ? new SearchResult(List.of(), Set.of())
                        : new Search(caller.userId(), request, reach.scope()).run();
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

    private void awaitApplied(long number, Duration patience) {
        long until = System.nanoTime() + patience.toNanos();
        for (Follower follower : followers) {
            follower.awaitApplied(number, Duration.ofNanos(until - System.nanoTime()));
        }
    }

    /** One search, on one thread. */
    private final class Search {

        private final UUID reader;
        private final SearchRequest request;
        private final Scope scope;
        private final Dense side = dense;
        private final Map<UUID, Optional<ReadableChunk>> looked = new HashMap<>();
        private float @Nullable [] vector;

        Search(UUID reader, SearchRequest request, Scope scope) {
            this.reader = reader;
            this.request = request;
            this.scope = scope;
        }

        /**
         * What an index holds and nobody may read any more was deleted or replaced, and an index
         * that has not heard of it does not have what took its place either. So it is waited for.
         */
        SearchResult run() {
            SearchResult found = look();
            if (looked.values().stream().allMatch(Optional::isPresent)) {
                return found;
            }
            awaitApplied(library.lastChange(), CHANGES_OF_OTHERS);
            looked.clear();
            return look();
        }

        /**
         * Looks deeper where too little is left of the first hits, because they were copies of each
         * other or are no longer to be read.
         */
        private SearchResult look() {
            for (int depth = Fusion.DEPTH; ; depth *= DEEPER) {
                Found found = find(depth);
                List<Fused> all =
                        meters.timed(
                                Stage.FUSE,
                                () -> Fusion.fuse(found.dense(), found.lexical(), found.weight()));
                List<Fused> wanted = wanted(all);
                List<Passage> passages = meters.timed(Stage.CHECK, () -> checked(wanted));
                boolean allWanted = wanted.size() == all.size();
                if (passages.size() >= request.limit()
                        || depth >= DEEPEST
                        || !allWanted
                        || !found.mayHaveMore(depth)) {
                    return new SearchResult(passages, found.degraded());
                }
            }
        }

        private Found find(int depth) {
            return hybrid.ask(
                    () -> {
                        float[] embedded = vector();
                        return meters.timed(
                                Stage.DENSE, () -> side.index().query(embedded, scope, depth));
                    },
                    () ->
                            meters.timed(
                                    Stage.LEXICAL,
                                    () -> words.search(request.query(), scope, depth)),
                    side.weight().of(request.query()));
        }

        private float[] vector() {
            float[] known = vector;
            if (known == null) {
                known = meters.timed(Stage.EMBED, () -> dense.queryVectors().of(request.query()));
                vector = known;
            }
            return known;
        }

        /** Nothing that stands deeper scores more than the last of these. */
        private List<Fused> wanted(List<Fused> ranking) {
            Double least = request.minScore();
            return least == null
                    ? ranking
                    : ranking.stream().takeWhile(fused -> fused.score() >= least).toList();
        }

        private List<Passage> checked(List<Fused> ranking) {
            List<Passage> passages = new ArrayList<>();
            Set<String> texts = new HashSet<>();
            int step = request.limit();
            for (int from = 0; from < ranking.size() && passages.size() < request.limit(); ) {
                List<Fused> next = ranking.subList(from, Math.min(ranking.size(), from + step));
                readable(next).stream()
                        .filter(passage -> texts.add(alike(passage.chunk().text())))
                        .limit(request.limit() - passages.size())
                        .forEach(passages::add);
                from += step;
                step = Math.max(LEAST_STEP, request.limit());
            }
            return passages;
        }

        private List<Passage> readable(List<Fused> ranking) {
            List<UUID> unknown =
                    ranking.stream()
                            .map(Fused::chunkId)
                            .filter(id -> !looked.containsKey(id))
                            .toList();
            Map<UUID, ReadableChunk> found =
                    unknown.isEmpty() ? Map.of() : library.readable(reader, unknown);
            unknown.forEach(id -> looked.put(id, Optional.ofNullable(found.get(id))));
            return ranking.stream()
                    .flatMap(fused ->
                            looked.getOrDefault(fused.chunkId(), Optional.empty()).stream()
                                    .map(readable -> passage(fused, readable)))
                    .toList();
        }
    }

    private static Passage passage(Fused fused, ReadableChunk found) {
        return new Passage(
                found.chunk(), found.documentName(), fused.score(), fused.dense(), fused.lexical());
    }

    /** Copies of a document differ in spaces and line ends at most. */
    private static String alike(String text) {
        return WHITE_SPACE.matcher(text.strip()).replaceAll(" ");
    }
}
