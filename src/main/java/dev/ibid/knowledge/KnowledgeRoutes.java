package dev.ibid.knowledge;

import dev.ibid.failure.Failure;
import dev.ibid.http.Exchange;
import dev.ibid.http.Operations;
import dev.ibid.http.Reply;
import dev.ibid.http.Routes;
import dev.ibid.threads.RequestThreads;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Set;
import java.util.UUID;

final class KnowledgeRoutes implements Routes {

    private static final int USUAL_LIMIT = 10;

    private final RequestThreads threads;
    private final Retrieval retrieval;

    KnowledgeRoutes(RequestThreads threads, Retrieval retrieval) {
        this.threads = threads;
        this.retrieval = retrieval;
    }

    @Override
    public RequestThreads threads() {
        return threads;
    }

    @Override
    public void bind(Operations operations) {
        operations.on("search", this::search);
    }

    record Search(
            String query,
            @Nullable Integer limit,
            @Nullable Double minScore,
            @Nullable Set<UUID> collectionIds,
            @Nullable Set<UUID> documentIds) {

        SearchRequest request() {
            if (query.isBlank()) {
                throw Failure.invalid("query", "Say what to look for.");
            }
            return new SearchRequest(
                    query,
                    limit == null ? USUAL_LIMIT : limit,
                    minScore,
                    collectionIds == null ? Set.of() : collectionIds,
                    documentIds == null ? Set.of() : documentIds);
        }
    }

    record Answer(List<FoundPassage> results, List<Side> degraded) {

        static Answer of(SearchResult found) {
            return new Answer(
                    found.passages().stream().map(FoundPassage::of).toList(),
                    found.degraded().stream().sorted().toList());
        }
    }

    private Reply search(Exchange exchange) {
        SearchRequest request = exchange.body(Search.class).request();
        return Reply.ok(Answer.of(retrieval.search(exchange.caller(), request)));
    }
}
