package dev.ibid.knowledge;

import static dev.ibid.knowledge.Chunks.chunk;
import static dev.ibid.knowledge.Chunks.in;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ibid.models.Embedder;
import dev.ibid.models.MiniLmEmbedder;
import dev.ibid.store.lucene.LuceneLexicalIndex;
import dev.ibid.store.lucene.LuceneVectorIndex;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/** With the real model, over a small house of English, German and Russian texts. */
class RelevanceTest {

    private static final Map<String, String> TEXTS =
            Map.of(
                    "leave",
                            "Employees are entitled to thirty days of paid vacation in each calendar year. Unused days expire at the end of March.",
                    "parking",
                            "Visitors may park in the underground garage. The gate closes at ten in the evening.",
                    "mietvertrag",
                            "Die Kündigungsfrist für den Mietvertrag beträgt drei Monate. Die Kündigung ist dem Vermieter schriftlich zu übergeben.",
                    "heizung",
                            "Die Heizung wird vom Hausmeister jeden Herbst gewartet; die Kosten tragen die Mieter nach Wohnfläche.",
                    "договор",
                            "Арендатор обязан вносить плату за квартиру не позднее пятого числа каждого месяца.");

    @TempDir private static Path folder;

    private static Embedder embedder;
    private static LexicalIndex words;
    private static VectorIndex vectors;
    private static Relevance relevance;

    @BeforeAll
    static void opens() {
        embedder = new MiniLmEmbedder(folder.resolve("cache"), 1, 1);
        words = new LuceneLexicalIndex(folder.resolve("words"), Chunks.HERE);
        vectors =
                new LuceneVectorIndex(
                        folder.resolve("vectors"), Chunks.HERE, embedder.fingerprint().dimension());
        relevance = new Relevance(words, DenseWeight.englishOnly(), .7);
        List<Chunk> chunks = new ArrayList<>();
        TEXTS.forEach((name, text) -> chunks.add(chunk("house", name, text)));
        words.upsert(chunks);
        words.commit(1);
        List<float[]> embedded = embedder.embedPassages(chunks.stream().map(Chunk::text).toList());
        for (int at = 0; at < chunks.size(); at++) {
            vectors.upsert(List.of(new EmbeddedChunk(chunks.get(at), embedded.get(at))));
        }
        vectors.commit(1);
    }

    @AfterAll
    static void closes() {
        vectors.close();
        words.close();
        embedder.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "How many vacation days do I get per year? | leave",
                "How much holiday am I allowed to take? | leave",
                "Where may visitors leave their car? | parking",
                "Wie lange ist die Kündigungsfrist? | mietvertrag",
                "Wie muss ich die Kündigung übergeben? | mietvertrag",
                "Wer wartet die Heizung? | heizung",
                "Когда арендатор вносит плату? | договор",
            })
    void letsThroughThePassageThatAnswers(String question, String name) {
        assertThat(relevant(question)).contains(name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Who won the football world cup in 1998?",
                "What is the boiling point of nitrogen?",
                "Wer hat die Fußballweltmeisterschaft 1998 gewonnen?",
                "Wie hoch ist der Siedepunkt von Stickstoff?",
                "Какая температура кипения азота?",
            })
    void letsNothingThroughWhenTheDocumentsDoNotSay(String question) {
        assertThat(relevant(question)).isEmpty();
    }

    @Test
    void goesByTheWordsWhenTheVectorsAreOut() {
        Passage passage =
                new Passage(
                        chunk("house", "parking", TEXTS.getOrDefault("parking", "")),
                        "parking",
                        1,
                        null,
                        4d);

        assertThat(relevance.to("When does the garage gate close?").test(passage)).isTrue();
        assertThat(relevance.to("How many vacation days do I get?").test(passage)).isFalse();
    }

    private static List<String> relevant(String question) {
        Map<UUID, Double> dense =
                vectors.query(embedder.embedQuery(question), in("house"), 10).stream()
                        .collect(Collectors.toMap(Hit::chunkId, Hit::score));
        return TEXTS.keySet().stream()
                .filter(name -> {
                    Chunk chunk = chunk("house", name, TEXTS.getOrDefault(name, ""));
                    return relevance
                            .to(question)
                            .test(new Passage(chunk, name, 1, dense.get(chunk.id()), null));
                })
                .toList();
    }
}
