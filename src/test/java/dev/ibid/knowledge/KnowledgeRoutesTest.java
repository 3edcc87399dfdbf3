package dev.ibid.knowledge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;

import dev.ibid.failure.Failure;
import dev.ibid.json.Json;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Set;
import java.util.UUID;

class KnowledgeRoutesTest {

    @Test
    void writesPassagesAsTheContractHasThem() {
        Chunk chunk = Chunks.chunk("c", "paper", 2, 0, "whale songs");
        SearchResult found =
                new SearchResult(
                        List.of(new Passage(chunk, "paper.pdf", .8, null, 3.5)),
                        Set.of(Side.DENSE));

        JsonNode answer = Json.read(Json.text(KnowledgeRoutes.Answer.of(found)), JsonNode.class);

        assertThat(answer)
                .isEqualTo(
                        Json.read(
                                """
                                {"results": [{"documentId": "%s", "documentName": "paper.pdf", "version": 2, "chunkId": "%s",
                                  "page": null, "locator": null, "start": 0, "end": 11, "heading": null, "text": "whale songs",
                                  "score": 0.8, "scores": {"dense": null, "lexical": 3.5}}], "degraded": ["dense"]}
                                """
                                        .formatted(chunk.documentId(), chunk.id()),
                                JsonNode.class));
    }

    @Test
    void looksEverywhereForTenPassagesUnlessToldOtherwise() {
        SearchRequest request = read("{\"query\": \"whale\"}").request();

        assertThat(request).isEqualTo(new SearchRequest("whale", 10, null, Set.of(), Set.of()));
    }

    @Test
    void takesLimitThresholdAndPlacesFromTheBody() {
        UUID place = UUID.randomUUID();

        SearchRequest request =
                read("""
                {"query": "whale", "limit": 3, "minScore": 0.5, "collectionIds": ["%s"], "documentIds": []}
                """
                                .formatted(place))
                        .request();

        assertThat(request).isEqualTo(new SearchRequest("whale", 3, .5, Set.of(place), Set.of()));
    }

    @Test
    void refusesAQueryOfNothingButSpaces() {
        KnowledgeRoutes.Search blank = read("{\"query\": \" \\t \"}");

        assertThatThrownBy(blank::request)
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.field()).isEqualTo("query"));
    }

    private static KnowledgeRoutes.Search read(String json) {
        return Json.read(json, KnowledgeRoutes.Search.class);
    }
}
