package dev.ibid.chat;

import dev.ibid.auth.Caller;
import dev.ibid.knowledge.Passage;
import dev.ibid.knowledge.Relevance;
import dev.ibid.knowledge.Retrieval;
import dev.ibid.knowledge.SearchRequest;
import dev.ibid.knowledge.SearchResult;
import dev.ibid.knowledge.Side;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** Finds the passages that a question can be answered from. */
public final class PassageSelection {

    private static final int CANDIDATES_FOR_EACH = 3;
    private static final int FEWEST_CANDIDATES = 10;

    private final ChatConfig config;
    private final Retrieval retrieval;
    private final Relevance relevance;

    public PassageSelection(ChatConfig config, Retrieval retrieval) {
        this.config = config;
        this.retrieval = retrieval;
        this.relevance = retrieval.relevance(config.similarityThreshold());
    }

    /**
     * What was found.
     *
     * @param passages relevant, best first
     * @param candidates all that was looked at, with what became of it
     */
    record Found(List<Passage> passages, List<Trace.Candidate> candidates, Set<Side> degraded) {

        static final Found NOTHING = new Found(List.of(), List.of(), Set.of());
    }

    Found find(Caller caller, ChatRequest request, String standalone) {
        int depth = Math.max(FEWEST_CANDIDATES, CANDIDATES_FOR_EACH * config.maxPassages());
        SearchResult result =
                retrieval.search(
                        caller,
                        new SearchRequest(
                                standalone,
                                depth,
                                null,
                                request.collectionIds(),
                                request.documentIds()));
        List<Passage> passages = new ArrayList<>();
        List<Trace.Candidate> candidates = new ArrayList<>();
        Predicate<Passage> relevant = relevant(request.message(), standalone);
        for (Passage passage : result.passages()) {
            Trace.Outcome outcome = judge(passage, relevant, passages.size());
            candidates.add(Trace.Candidate.of(candidates.size() + 1, passage, outcome));
            if (outcome == Trace.Outcome.USED) {
                passages.add(passage);
            }
        }
        return new Found(passages, candidates, result.degraded());
    }

    /**
     * A follow-up may find its answer in a passage that does not repeat what it is about, so having
     * words for the follow-up alone is enough.
     */
    private Predicate<Passage> relevant(String asked, String standalone) {
        Predicate<Passage> whole = relevance.to(standalone);
        return asked.equals(standalone) ? whole : whole.or(relevance.to(asked));
    }

    private Trace.Outcome judge(Passage passage, Predicate<Passage> relevant, int used) {
        if (used == config.maxPassages()) {
            return Trace.Outcome.OVER_LIMIT;
        }
        return relevant.test(passage) ? Trace.Outcome.USED : Trace.Outcome.NOT_RELEVANT;
    }
}
