package dev.ibid.testing;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The vectors of a fake provider, as each protocol sends them. */
final class FakeProviderEmbeddings {

    private static final String OPEN_AI = "/v1/embeddings";

    private volatile Function<List<String>, List<double[]>> vectors = texts -> vectors(texts, 8);

    void are(Function<List<String>, List<double[]>> answered) {
        vectors = answered;
    }

    static @Nullable String problem(FakeProviderRequest request) {
        return request.path().equals(OPEN_AI)
                ? FakeProviderRules.openAiEmbedding(request.json())
                : FakeProviderRules.ollamaEmbedding(request.json());
    }

    Object of(FakeProviderRequest request) {
        List<double[]> answered = vectors.apply(request.inputs());
        String model = request.json().path("model").asText();
        return request.path().equals(OPEN_AI) ? openAi(model, answered) : ollama(model, answered);
    }

    /** The same text has the same vector, of length 1. */
    static List<double[]> vectors(List<String> texts, int dimension) {
        return texts.stream().map(text -> vector(text, dimension)).toList();
    }

    private static double[] vector(String text, int dimension) {
        Random random = new Random(text.hashCode());
        double[] raw = random.doubles(dimension, -1, 1).toArray();
        double length =
                Math.sqrt(IntStream.range(0, dimension).mapToDouble(at -> raw[at] * raw[at]).sum());
        return IntStream.range(0, dimension).mapToDouble(at -> raw[at] / length).toArray();
    }

    private static Object openAi(String model, List<double[]> vectors) {
        Stream<Map<String, Object>> data =
                IntStream.range(0, vectors.size())
                        .mapToObj(at ->
                                Map.of(
                                        "object",
                                        "embedding",
                                        "index",
                                        at,
                                        "embedding",
                                        vectors.get(at)));
        return Map.of(
                "object",
                "list",
                "data",
                data.toList(),
                "model",
                model,
                "usage",
                Map.of("prompt_tokens", vectors.size(), "total_tokens", vectors.size()));
    }

    private static Object ollama(String model, List<double[]> vectors) {
        return Map.of("model", model, "embeddings", vectors, "prompt_eval_count", 7);
    }
}
