package dev.ibid.models;

import java.util.List;
import java.util.Locale;

/**
 * What an embedding model was trained with, as its makers say.
 *
 * @param queryPrefix set before each question
 * @param passagePrefix set before each passage
 * @param english whether it knows English only
 */
public record EmbeddingHabits(String queryPrefix, String passagePrefix, boolean english) {

    private static final String SEARCHING =
            "Represent this sentence for searching relevant passages: ";
    private static final String INSTRUCTION =
            "Instruct: Given a web search query, retrieve relevant passages that answer the query\nQuery: ";
    private static final EmbeddingHabits UNKNOWN = new EmbeddingHabits("", "", false);

    private record Family(String part, EmbeddingHabits habits) {}

    /** The first whose part stands in a model's name counts. */
    private static final List<Family> FAMILIES =
            List.of(
                    family("all-minilm", "", "", true),
                    family("multilingual-e5-large-instruct", INSTRUCTION, "", false),
                    family("multilingual-e5", "query: ", "passage: ", false),
                    family("e5-mistral", INSTRUCTION, "", true),
                    family("e5-", "query: ", "passage: ", true),
                    family("nomic-embed-text-v2", "search_query: ", "search_document: ", false),
                    family("nomic-embed", "search_query: ", "search_document: ", true),
                    family("mxbai-embed", SEARCHING, "", true),
                    family("arctic-embed-l-v2", "query: ", "", false),
                    family("arctic-embed-m-v2", "query: ", "", false),
                    family("arctic-embed2", "query: ", "", false),
                    family("arctic-embed", SEARCHING, "", true),
                    family("bge-m3", "", "", false),
                    family("bge-small-en", SEARCHING, "", true),
                    family("bge-base-en", SEARCHING, "", true),
                    family("bge-large", SEARCHING, "", true),
                    family("qwen3-embedding", INSTRUCTION, "", false),
                    family(
                            "embeddinggemma",
                            "task: search result | query: ",
                            "title: none | text: ",
                            false),
                    family("embed-english", "", "", true));

    /** Those of a well-known model; no prefix and every language for any other. */
    static EmbeddingHabits of(String model) {
        String name = model.toLowerCase(Locale.ROOT);
        return FAMILIES.stream()
                .filter(family -> name.contains(family.part()))
                .map(Family::habits)
                .findFirst()
                .orElse(UNKNOWN);
    }

    private static Family family(String part, String query, String passage, boolean english) {
        return new Family(part, new EmbeddingHabits(query, passage, english));
    }
}
