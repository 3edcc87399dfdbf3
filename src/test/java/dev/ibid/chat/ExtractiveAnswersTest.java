package dev.ibid.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ibid.citations.Citation;
import dev.ibid.citations.Passages;
import dev.ibid.http.EventLog;
import dev.ibid.knowledge.Chunks;
import dev.ibid.knowledge.Passage;
import dev.ibid.store.lucene.LuceneLexicalIndex;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

class ExtractiveAnswersTest {

    private static final String HANDBOOK =
            """
            Leaving the company
            The notice period is four weeks to the end of a month. It becomes longer with the years.
            For managers it is three months.

            Holidays
            Everybody has thirty days of holiday a year. Apprentices have two days more.\
            """;

    private static final Passage NOTICE =
            Passages.part(
                    "handbook.txt",
                    "Leaving the company",
                    HANDBOOK,
                    0,
                    HANDBOOK.indexOf("\n\nHol"));
    private static final Passage HOLIDAYS =
            Passages.part(
                    "handbook.txt",
                    "Holidays",
                    HANDBOOK,
                    HANDBOOK.indexOf("Holidays"),
                    HANDBOOK.length());
    private static final Passage GERMAN =
            Passages.of(
                    "vertrag.txt",
                    "Die Probezeit dauert sechs Monate. Die Kündigungsfrist beträgt vier Wochen zum Monatsende.");
    private static final Passage CHINESE = Passages.of("合同.txt", "试用期为六个月。通知期为四周。经理的通知期为三个月。");

    @TempDir private Path folder;

    private LuceneLexicalIndex words;

    @BeforeEach
    void index() {
        words = new LuceneLexicalIndex(folder, Chunks.HERE);
        words.upsert(List.of(NOTICE.chunk(), HOLIDAYS.chunk(), GERMAN.chunk(), CHINESE.chunk()));
        words.commit(1);
    }

    @AfterEach
    void close() {
        words.close();
    }

    @Test
    void quotesTheSentenceThatAnswersAndSaysThatNoModelDid() {
        Draft draft = answer("What is the notice period?", NOTICE, HOLIDAYS);

        assertThat(draft.text())
                .isEqualTo(
                        "No language model is configured, so these are quotes from your documents:\n\n"
                                + "**handbook.txt**\n\n"
                                + "> The notice period is four weeks to the end of a month. [1]");
        assertThat(draft.citations()).hasSize(1);
    }

    @Test
    void aQuoteStandsInTheDocumentWhereItSays() {
        Draft draft = answer("How many days of holiday do apprentices have?", HOLIDAYS, NOTICE);

        assertThat(draft.citations())
                .isNotEmpty()
                .allSatisfy(citation ->
                        assertThat(HANDBOOK.substring(citation.start(), citation.end()))
                                .isEqualTo(citation.quote()));
        assertThat(draft.citations().getFirst().page()).isEqualTo(3);
        assertThat(draft.text()).contains("Apprentices have two days more.");
    }

    @Test
    void aFollowUpIsAnsweredFromItsOwnWordsFirst() {
        Question question =
                new Question(
                        "And for managers?",
                        "What is the notice period? And for managers?",
                        List.of(),
                        List.of(NOTICE));

        Draft draft = answer(question);

        assertThat(draft.text()).contains("For managers it is three months.");
    }

    @Test
    void germanQuestionsAreAnsweredInGerman() {
        Draft draft = answer("Wie lang ist die Kündigungsfrist?", GERMAN);

        assertThat(draft.text()).startsWith("Es ist kein Sprachmodell eingerichtet");
        assertThat(draft.citations())
                .extracting(Citation::quote)
                .containsExactly("Die Kündigungsfrist beträgt vier Wochen zum Monatsende.");
    }

    @Test
    void chineseQuestionsAreAnsweredInChinese() {
        Draft draft = answer("通知期多长？", CHINESE);

        assertThat(draft.text()).startsWith("未配置语言模型").contains("> 通知期为四周。");
        assertThat(draft.citations()).extracting(Citation::quote).doesNotContain("试用期为六个月。");
    }

    @Test
    void whenNothingIsRelevantTheAnswerSaysSoAndCitesNothing() {
        Draft draft = answer("What does the whale eat?");

        assertThat(draft.text()).isEqualTo("Your documents do not say anything about this.");
        assertThat(draft.citations()).isEmpty();
    }

    @Test
    void aTableIsQuotedByItsRow() {
        Passage table =
                Passages.rows(
                        "staff.csv", "name,weeks", "Ada Lovelace,4\nEve Adams,12\nBob Brown,8");

        Draft draft = answer("How many weeks has Eve Adams?", table);

        assertThat(draft.citations()).extracting(Citation::quote).containsExactly("Eve Adams,12");
    }

    @Test
    void theSameSentenceIsNotQuotedTwiceWherePassagesOverlap() {
        int end = HANDBOOK.indexOf("\n\nHol");
        Passage later =
                Passages.part(
                        "handbook.txt",
                        "Leaving the company",
                        HANDBOOK,
                        HANDBOOK.indexOf("The notice"),
                        end);

        Draft draft = answer("What is the notice period?", NOTICE, later);

        assertThat(draft.citations()).hasSize(1);
    }

    @Test
    void whatADocumentWritesLikeAMarkerIsShownButCitesNothing() {
        Passage paper =
                Passages.of(
                        "paper.txt",
                        "The notice period `n[2]` was four weeks [1] in \\[9] earlier work [3].");

        Draft draft = answer("What was the notice period in earlier work?", paper);

        assertThat(draft.text())
                .endsWith(
                        "> The notice period \\`n\\[2]\\` was four weeks \\[1] in \\\\\\[9] earlier work \\[3]. [1]");
        assertThat(draft.citations()).hasSize(1);
        assertThat(draft.citations().getFirst().quote()).isEqualTo(paper.chunk().text());
    }

    @Test
    void anAnswerIsShortHoweverMuchIsFound() {
        String sentence =
                "The notice period number %d is described here at length ".repeat(1)
                        + "and again and again".repeat(40)
                        + ". ";
        Passage[] passages =
                IntStream.range(0, 10)
                        .mapToObj(at ->
                                Passages.of("long" + at + ".txt", sentence.formatted(at).repeat(3)))
                        .toArray(Passage[]::new);

        Draft draft = answer("What is the notice period?", passages);

        assertThat(draft.citations())
                .hasSize(4)
                .allSatisfy(citation -> assertThat(citation.quote()).hasSizeLessThanOrEqualTo(500));
    }

    private Draft answer(String question, Passage... passages) {
        return answer(new Question(question, question, List.of(), List.of(passages)));
    }

    private Draft answer(Question question) {
        Draft draft = new Draft(new EventLog(), new ChatMeters(new SimpleMeterRegistry()));
        new ExtractiveAnswers(words).answer(question, draft);
        draft.end();
        return draft;
    }
}
