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

    record Answer(List<Result> results, List<Side> degraded) {

        static Answer of(SearchResult found) {
            return new Answer(
                    found.passages().stream().map(Result::of).toList(),
                    found.degraded().stream().sorted().toList());
        }
    }

    record Scores(@Nullable Double dense, @Nullable Double lexical) {}

    record Result(
            UUID documentId,
            String documentName,
            int version,
            UUID chunkId,
            @Nullable Integer page,
            @Nullable String locator,
            int start,
            int end,
            @Nullable String heading,
            String text,
            double score,
            Scores scores) {

        static Result of(Passage passage) {
            Chunk chunk = passage.chunk();
            return new Result(
                    chunk.documentId(),
                    passage.documentName(),
                    chunk.version(),
                    chunk.id(),
                    chunk.page(),
                    chunk.locator(),
                    chunk.start(),
                    chunk.end(),
                    chunk.heading(),
                    chunk.text(),
                    passage.score(),
                    new Scores(passage.dense(), passage.lexical()));
        }
    }

    private Reply search(Exchange exchange) {
        SearchRequest request = exchange.body(Search.class).request();
        return Reply.ok(Answer.of(retrieval.search(exchange.caller(), request)));
    }
}
