package dev.ibid.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;

import dev.ibid.testing.Person;
import dev.ibid.testing.Person.Upload;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What each file becomes when nothing disturbs its ingestion. */
final class Shelf {

    /** A chunk apart from its identity. */
    record Piece(int ordinal, int start, int end, String text) {}

    private final Map<String, List<Piece>> pieces = new HashMap<>();

    /** Has these files read in peace, by somebody who does nothing else. */
    static Shelf readInPeace(Person reader, Iterable<Upload> files) {
        Shelf shelf = new Shelf();
        for (Upload file : files) {
            JsonNode document = reader.ingest(file);
            assertThat(document.get("state").asText()).as(document.toString()).isEqualTo("ready");
            shelf.pieces.put(file.name(), pieces(chunks(reader, document)));
        }
        return shelf;
    }

    /**
     * The document is as whole as if nothing had happened: the same chunks, none of them twice, and
     * the search finds each at most once.
     */
    void assertWhole(Person owner, JsonNode document) {
        List<JsonNode> chunks = chunks(owner, document);
        assertThat(document.get("state").asText()).as(document.toString()).isEqualTo("ready");
        assertThat(pieces(chunks)).isEqualTo(pieces.get(document.get("name").asText()));
        assertThat(document.get("chunks").asInt()).isEqualTo(chunks.size());
        assertThat(found(owner, document))
                .as("found by the search")
                .doesNotHaveDuplicates()
                .isNotEmpty()
                .isSubsetOf(ids(chunks));
    }

    private static List<JsonNode> chunks(Person owner, JsonNode document) {
        List<JsonNode> chunks = new ArrayList<>();
        String path = "/api/files/" + document.get("id").asText() + "/chunks?limit=100";
        JsonNode page = owner.get(path).expect(200).json();
        page.get("items").forEach(chunks::add);
        while (!page.get("nextCursor").isNull()) {
            page =
                    owner.get(path + "&cursor=" + page.get("nextCursor").asText())
                            .expect(200)
                            .json();
            page.get("items").forEach(chunks::add);
        }
        return chunks;
    }

    private static List<String> found(Person owner, JsonNode document) {
        List<String> found = new ArrayList<>();
        owner.post(
                        "/api/search",
                        Map.of(
                                "query",
                                Readings.EVERYWHERE,
                                "limit",
                                100,
                                "documentIds",
                                List.of(document.get("id").asText())))
                .expect(200)
                .json()
                .get("results")
                .forEach(result -> found.add(result.get("chunkId").asText()));
        return found;
    }

    private static List<String> ids(List<JsonNode> chunks) {
        return chunks.stream().map(chunk -> chunk.get("id").asText()).toList();
    }

    private static List<Piece> pieces(List<JsonNode> chunks) {
        return chunks.stream()
                .map(chunk ->
                        new Piece(
                                chunk.get("ordinal").asInt(),
                                chunk.get("start").asInt(),
                                chunk.get("end").asInt(),
                                chunk.get("text").asText()))
                .toList();
    }
}
