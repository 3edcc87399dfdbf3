package dev.ibid.chat;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

class QuestionRewriterTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "What is the notice period?|And for managers?|What is the notice period? And for managers?",
                "What is the notice period?|How long is it for managers?|What is the notice period? How long is it for managers?",
                "What is the notice period?|Managers?|What is the notice period? Managers?",
                "Wie lang ist die Kündigungsfrist?|Und für Führungskräfte?|Wie lang ist die Kündigungsfrist? Und für Führungskräfte?",
                "通知期多长？|那么经理呢？|通知期多长？ 那么经理呢？"
            })
    void aQuestionThatLeansOnTheOneBeforeTakesItAlong(
            String before, String question, String expected) {
        String standalone = QuestionRewriter.standalone(question, asked(before));

        assertThat(standalone).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "What is the notice period?|How many days of holiday does an apprentice get?",
                "Wie lang ist die Kündigungsfrist?|Wie viele Urlaubstage hat ein Lehrling?",
                "通知期多长？|学徒每年有多少天假期？"
            })
    void aQuestionOfItsOwnStaysAsItIs(String before, String question) {
        String standalone = QuestionRewriter.standalone(question, asked(before));

        assertThat(standalone).isEqualTo(question);
    }

    @Test
    void withoutAConversationAQuestionStaysAsItIs() {
        assertThat(QuestionRewriter.standalone("And for managers?", List.of()))
                .isEqualTo("And for managers?");
    }

    @Test
    void aRowOfFollowUpsGoesBackToTheQuestionTheyAllLeanOn() {
        List<Message> history =
                asked(
                        "Who may park in the yard?",
                        "What is the notice period?",
                        "And for managers?");

        String standalone = QuestionRewriter.standalone("And for apprentices?", history);

        assertThat(standalone)
                .isEqualTo("What is the notice period? And for managers? And for apprentices?");
    }

    @Test
    void whatPointsBackTakesTheNamesThatWereQuoted() {
        List<Message> history = new ArrayList<>(asked("Who wrote the first manual?"));
        history.add(answered("The first manual was written by Ada Lovelace in 1843."));

        String standalone = QuestionRewriter.standalone("When was she born?", history);

        assertThat(standalone)
                .isEqualTo("Who wrote the first manual? When was she born? Ada Lovelace");
    }

    private static List<Message> asked(String... questions) {
        return List.of(questions).stream()
                .map(question -> message(Message.Role.USER, question, List.of()))
                .toList();
    }

    private static Message answered(String quote) {
        Quote quoted = new Quote(Passages.of("manual.txt", quote), 0, quote.length());
        return message(Message.Role.ASSISTANT, "> " + quote + " [1]", List.of(quoted.citation(1)));
    }

    private static Message message(Message.Role role, String content, List<Citation> citations) {
        return new Message(
                UUID.randomUUID(),
                null,
                role,
                content,
                Message.Status.COMPLETE,
                citations,
                List.of(),
                List.of(),
                null,
                null,
                Instant.EPOCH);
    }
}
