package dev.ibid.knowledge;

import dev.ibid.store.lucene.LuceneLexicalIndex;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * nDCG@10 of the lexical index alone, over whole documents: each test collection by itself, then
 * all of them in one index, where a question has to find the document of its own language among all
 * others. Arguments: folders of test collections.
 */
public final class LexicalMeasurement {

    private static final Logger log = LoggerFactory.getLogger(LexicalMeasurement.class);
    private static final UUID COLLECTION = new UUID(0, 1);
    private static final Scope EVERYTHING = new Scope(Set.of(COLLECTION), Set.of());

    private LexicalMeasurement() {}

    public static void main(String[] folders) throws IOException {
        List<TestCollection> collections = new ArrayList<>();
        for (String folder : folders) {
            collections.add(TestCollection.read(Path.of(folder)));
        }
        for (TestCollection collection : collections) {
            measure("alone", List.of(collection));
        }
        measure("mixed", collections);
    }

    private static void measure(String kind, List<TestCollection> collections) throws IOException {
        try (LuceneLexicalIndex index =
                new LuceneLexicalIndex(Files.createTempDirectory("measure"), Chunks.HERE)) {
            Map<UUID, String> names = new HashMap<>();
            for (TestCollection collection : collections) {
                index.upsert(
                        collection.documents().entrySet().stream()
                                .map(document ->
                                        chunk(
                                                collection.name(),
                                                document.getKey(),
                                                document.getValue(),
                                                names))
                                .toList());
            }
            index.commit(1);
            for (TestCollection collection : collections) {
                long start = System.nanoTime();
                double ndcg = collection.ndcg(found(index, collection, names));
                double millis = (System.nanoTime() - start) / 1e6 / collection.queries().size();
                log.info(
                        "{}",
                        "%s %-10s nDCG@10 %.4f, %.2f ms a query"
                                .formatted(kind, collection.name(), ndcg, millis));
            }
        }
    }

    private static Map<String, List<String>> found(
            LexicalIndex index, TestCollection collection, Map<UUID, String> names) {
        Map<String, List<String>> found = new LinkedHashMap<>();
        collection
                .queries()
                .forEach((id, text) ->
                        found.put(
                                id,
                                index.search(text, EVERYTHING, 100).stream()
                                        .map(hit ->
                                                names.getOrDefault(hit.chunkId(), "")
                                                        .replaceFirst(
                                                                "^" + collection.name() + " ", ""))
                                        .toList()));
        return found;
    }

    private static Chunk chunk(String collection, String id, String text, Map<UUID, String> names) {
        UUID uuid =
                UUID.nameUUIDFromBytes((collection + " " + id).getBytes(StandardCharsets.UTF_8));
        names.put(uuid, collection + " " + id);
        return new Chunk(
                uuid,
                uuid,
                1,
                COLLECTION,
                0,
                0,
                text.length(),
                null,
                null,
                null,
                "",
                List.of(),
                text);
    }
}
