package dev.ibid.knowledge;

import com.fasterxml.jackson.databind.JsonNode;

import dev.ibid.json.Json;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;

/** Documents, questions and judgements in the layout of BEIR, and nDCG@10 over them. */
record TestCollection(
        String name,
        Map<String, String> documents,
        Map<String, String> queries,
        Map<String, Map<String, Double>> relevant) {

    private static final int DEPTH = 10;

    static TestCollection read(Path folder) throws IOException {
        Map<String, Map<String, Double>> relevant = new HashMap<>();
        for (String line : Files.readAllLines(folder.resolve("qrels.tsv"))) {
            String[] fields = line.split("\t");
            if (!fields[0].equals("query-id") && Double.parseDouble(fields[2]) > 0) {
                relevant.computeIfAbsent(fields[0], query -> new HashMap<>())
                        .put(fields[1], Double.parseDouble(fields[2]));
            }
        }
        return new TestCollection(
                folder.getFileName().toString(), documents(folder), queries(folder), relevant);
    }

    /**
     * @param found document ids, best first, by query id
     */
    double ndcg(Map<String, List<String>> found) {
        return relevant.entrySet().stream()
                .mapToDouble(query ->
                        ndcg(found.getOrDefault(query.getKey(), List.of()), query.getValue()))
                .average()
                .orElseThrow();
    }

    private static double ndcg(List<String> found, Map<String, Double> relevant) {
        double[] gains =
                found.stream()
                        .limit(DEPTH)
                        .mapToDouble(id -> relevant.getOrDefault(id, 0d))
                        .toArray();
        double[] best =
                relevant.values().stream()
                        .mapToDouble(gain -> -gain)
                        .sorted()
                        .limit(DEPTH)
                        .map(gain -> -gain)
                        .toArray();
        return discounted(gains) / discounted(best);
    }

    private static double discounted(double[] gains) {
        return IntStream.range(0, gains.length)
                .mapToDouble(rank -> gains[rank] / (Math.log(rank + 2) / Math.log(2)))
                .sum();
    }

    private static Map<String, String> documents(Path folder) throws IOException {
        Map<String, String> documents = new LinkedHashMap<>();
        try (BufferedReader lines =
                new BufferedReader(
                        new InputStreamReader(
                                new GZIPInputStream(
                                        Files.newInputStream(folder.resolve("corpus.jsonl.gz"))),
                                StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                JsonNode document = Json.MAPPER.readTree(line);
                String text =
                        (document.path("title").asText() + "\n" + document.path("text").asText())
                                .strip();
                documents.put(document.path("_id").asText(), text);
            }
        }
        return documents;
    }

    private static Map<String, String> queries(Path folder) throws IOException {
        Map<String, String> queries = new LinkedHashMap<>();
        for (String line : Files.readAllLines(folder.resolve("queries.jsonl"))) {
            JsonNode query = Json.MAPPER.readTree(line);
            queries.put(query.path("_id").asText(), query.path("text").asText());
        }
        return queries;
    }
}
