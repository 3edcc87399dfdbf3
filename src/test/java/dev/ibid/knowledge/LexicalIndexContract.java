package dev.ibid.knowledge;

import static dev.ibid.knowledge.Chunks.chunk;
import static dev.ibid.knowledge.Chunks.id;
import static dev.ibid.knowledge.Chunks.in;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What every {@link LexicalIndex} promises. */
public abstract class LexicalIndexContract extends ChunkIndexContract<LexicalIndex> {

    private static final String GERMAN =
            "Die Kündigungen der Mieter wurden von dem Vermieter nicht angenommen, und das Gericht ist der Ansicht.";

    @Override
    protected void put(LexicalIndex index, List<Chunk> chunks) {
        index.upsert(chunks);
    }

    @Test
    void findsTheTextWithTheWordsFirst() {
        given(
                chunk(
                        "c",
                        "whales",
                        "The blue whale is the largest animal that is known to have lived."),
                chunk("c", "tea", "Green tea is brewed with water of about eighty degrees."));

        List<Hit> hits = index.search("How large is a blue whale?", in("c"), 10);

        assertThat(hits.getFirst().chunkId()).isEqualTo(chunk("c", "whales", "").id());
        assertThat(hits.getFirst().score()).isPositive();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "The contracts were terminated by the tenants in winter. | terminating a contract",
                "Die Kündigungen der Mieter wurden von dem Vermieter nicht angenommen. | Kündigung Vermieters",
                "Los contratos de los inquilinos fueron cancelados por el juez en la ciudad. | contrato inquilino",
                "Les contrats des locataires ont été résiliés par le juge dans la ville. | contrat locataire",
                "Договоры арендаторов были расторгнуты судом в городе. | договор арендатора",
                "合同由法院在冬季终止，租户不同意。 | 法院终止合同",
                "契約は冬に裁判所によって終了されました。 | 裁判所の契約",
                "계약은 겨울에 법원에 의해 종료되었습니다. | 법원 계약",
                "สัญญาถูกยกเลิกโดยศาลในฤดูหนาว | ศาลยกเลิกสัญญา",
                "أنهت المحكمة العقود في الشتاء | عقود المحكمة",
            })
    void findsOtherFormsOfAWordInManyLanguages(String text, String query) {
        given(
                chunk("c", "asked", text),
                chunk("c", "other", "Ein ganz anderer Text, of something else. 完全不同 другое"));

        List<Hit> hits = index.search(query, in("c"), 10);

        assertThat(hits).isNotEmpty();
        assertThat(hits.getFirst().chunkId()).isEqualTo(chunk("c", "asked", "").id());
    }

    @ParameterizedTest
    @CsvSource({"Resume", "résumé", "RÉSUMÉ", "re\u0301sume\u0301", "ｒｅｓｕｍｅ"})
    void findsAWordHoweverItIsWritten(String query) {
        given(chunk("c", "cv", "A résumé is a short account of a career."));

        assertThat(index.search(query, in("c"), 10)).hasSize(1);
    }

    @Test
    void findsASingleIdeograph() {
        given(chunk("c", "tea", "中国的茶文化历史悠久"));

        assertThat(index.search("茶", in("c"), 10)).hasSize(1);
    }

    @Test
    void findsByTheContextThatIsReadBeforeTheText() {
        Chunk plain = chunk("c", "prices", "1200; 1400; 1600");
        Chunk row =
                new Chunk(
                        plain.id(),
                        plain.documentId(),
                        1,
                        plain.collectionId(),
                        0,
                        0,
                        16,
                        null,
                        "rows 2-4",
                        null,
                        "Warmmiete; Kaltmiete",
                        List.of(),
                        plain.text());
        given(row);

        assertThat(index.search("Kaltmiete", in("c"), 10)).hasSize(1);
    }

    @Test
    void looksOnlyIntoTheCollectionsAndDocumentsOfTheScope() {
        given(
                chunk("mine", "a", "whale songs"),
                chunk("mine", "b", "whale songs"),
                chunk("foreign", "c", "whale songs"));

        List<Hit> ofCollection = index.search("whale", in("mine"), 10);
        List<Hit> ofDocument =
                index.search(
                        "whale",
                        new Scope(in("mine").collectionIds(), Set.of(id("b"), id("c"))),
                        10);

        assertThat(ofCollection)
                .extracting(Hit::chunkId)
                .containsExactlyInAnyOrder(
                        chunk("mine", "a", "").id(), chunk("mine", "b", "").id());
        assertThat(ofDocument)
                .extracting(Hit::chunkId)
                .containsExactly(chunk("mine", "b", "").id());
    }

    @Test
    void takesAQuestionForWordsAndNeverForSyntax() {
        given(chunk("c", "a", "whale songs"));

        for (String query :
                List.of(
                        "whale AND (",
                        "whale:*",
                        "\"whale",
                        "-whale",
                        "+",
                        "[a TO",
                        "whale~9^",
                        "/x/",
                        "\\",
                        "")) {
            assertThatCode(() -> index.search(query, in("c"), 10))
                    .as(query)
                    .doesNotThrowAnyException();
        }
    }

    @Test
    void findsTheRareWordInAVeryLongQuestion() {
        given(
                IntStream.range(0, 50)
                        .mapToObj(n ->
                                chunk("c", "d" + n, manyWords() + (n == 7 ? " Quetzalcoatl" : "")))
                        .toArray(Chunk[]::new));

        List<Hit> hits = index.search(manyWords() + "茶".repeat(900) + " quetzalcoatl", in("c"), 5);

        assertThat(hits.getFirst().chunkId()).isEqualTo(chunk("c", "d7", "").id());
    }

    @Test
    void replacesAChunkOfTheSameId() {
        given(chunk("c", "a", "whale songs"));
        given(chunk("c", "a", "green tea"));

        assertThat(index.count()).isEqualTo(1);
        assertThat(index.search("whale", in("c"), 10)).isEmpty();
    }

    @Test
    void forgetsAVersionAndADocument() {
        given(
                chunk("c", "a", 1, 0, "whale one"),
                chunk("c", "a", 2, 0, "whale two"),
                chunk("c", "b", 1, 0, "whale three"));

        index.deleteVersion(id("a"), 1);
        index.deleteDocument(id("b"));
        index.commit(8);

        assertThat(index.search("whale", in("c"), 10))
                .extracting(Hit::chunkId)
                .containsExactly(chunk("c", "a", 2, 0, "").id());
    }

    @Test
    void isEmptyAfterItWasCleared() {
        given(chunk("c", "a", "whale"));

        index.clear();

        assertThat(index.appliedThrough()).isZero();
        assertThat(index.count()).isZero();
        assertThat(index.search("whale", in("c"), 10)).isEmpty();
    }

    @Test
    void countsRareWordsOfAQuestionThatATextCovers() {
        given(
                chunk("c", "a", GERMAN),
                chunk("c", "b", "Der Mieter und der Vermieter sind sich einig, und das ist gut."),
                chunk(
                        "c",
                        "d",
                        "Die Miete wird von dem Mieter am Ersten des Monats auf das Konto gezahlt."));

        double covered = index.coverage("Wurde die Kündigung vom Gericht angenommen?").of(GERMAN);
        double partly =
                index.coverage("Was sagt das Gericht zu Haustieren und Schadenersatz?").of(GERMAN);
        double unrelated = index.coverage("Wie hoch ist der Mount Everest?").of(GERMAN);

        assertThat(covered).isGreaterThan(.9);
        assertThat(partly).isBetween(.1, .5);
        assertThat(unrelated).isZero();
    }

    private void given(Chunk... chunks) {
        index.upsert(List.of(chunks));
        index.commit(1);
    }

    private static String manyWords() {
        return IntStream.range(0, 300).mapToObj(n -> "word" + n).collect(Collectors.joining(" "));
    }
}
