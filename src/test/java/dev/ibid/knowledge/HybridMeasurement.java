package dev.ibid.knowledge;

import dev.ibid.models.Embedder;
import dev.ibid.models.MiniLmEmbedder;
import dev.ibid.store.lucene.LuceneLexicalIndex;
import dev.ibid.store.lucene.LuceneVectorIndex;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * nDCG@10 of words and vectors together, over whole documents and for several weights of the
 * vectors, with the embedding model that runs in the process. Arguments: folders of test
 * collections.
 */
public final class HybridMeasurement {

    private static final Logger log = LoggerFactory.getLogger(HybridMeasurement.class);
    private static final String COLLECTION = "measured";
    private static final double[] WEIGHTS = {0, .1, .2, .3, .4, .5, 1};

    private record Sides(List<Hit> dense, List<Hit> lexical) {}

    private HybridMeasurement() {}

    public static void main(String[] folders) throws IOException {
        try (Embedder embedder = new MiniLmEmbedder(Files.createTempDirectory("measure"), 2, 1)) {
            for (String folder : folders) {
                measure(TestCollection.read(Path.of(folder)), embedder);
            }
        }
    }

    private static void measure(TestCollection collection, Embedder embedder) throws IOException {
        Path folder = Files.createTempDirectory("measure");
        int dimension = embedder.fingerprint().dimension();
        try (LexicalIndex words = new LuceneLexicalIndex(folder.resolve("words"), Chunks.HERE);
                VectorIndex vectors =
                        new LuceneVectorIndex(folder.resolve("vectors"), Chunks.HERE, dimension)) {
            fill(collection, embedder, words, vectors);
            Map<String, Sides> sides = new LinkedHashMap<>();
            Scope everything = new Scope(Set.of(Chunks.id(COLLECTION)), Set.of());
            collection
                    .queries()
                    .forEach((id, query) ->
                            sides.put(
                                    id,
                                    new Sides(
                                            vectors.query(
                                                    embedder.embedQuery(query),
                                                    everything,
                                                    Fusion.DEPTH),
                                            words.search(query, everything, Fusion.DEPTH))));
            for (double weight : WEIGHTS) {
                log.info(
                        "{}",
                        "%-10s dense weight %.1f nDCG@10 %.4f"
                                .formatted(
                                        collection.name(),
                                        weight,
                                        collection.ndcg(found(collection, sides, weight))));
            }
        }
    }

    private static void fill(
            TestCollection collection, Embedder embedder, LexicalIndex words, VectorIndex vectors) {
        List<Chunk> chunks = new ArrayList<>();
        collection
                .documents()
                .forEach((id, text) -> chunks.add(Chunks.chunk(COLLECTION, id, text)));
        words.upsert(chunks);
        words.commit(1);
        for (int from = 0; from < chunks.size(); from += 64) {
            List<Chunk> batch = chunks.subList(from, Math.min(chunks.size(), from + 64));
            List<float[]> embedded =
                    embedder.embedPassages(batch.stream().map(Chunk::text).toList());
            List<EmbeddedChunk> both = new ArrayList<>();
            for (int at = 0; at < batch.size(); at++) {
                both.add(new EmbeddedChunk(batch.get(at), embedded.get(at)));
            }
            vectors.upsert(both);
        }
        vectors.commit(1);
    }

    private static Map<String, List<String>> found(
            TestCollection collection, Map<String, Sides> sides, double weight) {
        Map<UUID, String> names = new LinkedHashMap<>();
        collection
                .documents()
                .keySet()
                .forEach(id -> names.put(Chunks.chunk(COLLECTION, id, "").id(), id));
        Map<String, List<String>> found = new LinkedHashMap<>();
        sides.forEach((query, side) ->
                found.put(
                        query,
                        Fusion.fuse(side.dense(), side.lexical(), weight).stream()
                                .limit(10)
                                .map(fused -> names.getOrDefault(fused.chunkId(), ""))
                                .toList()));
        return found;
    }
}
