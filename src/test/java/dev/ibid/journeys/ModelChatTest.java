package dev.ibid.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;

import dev.ibid.testing.FakeProviderRequest;
import dev.ibid.testing.FakeProviderScript;
import dev.ibid.testing.FakeProviderScript.Framing;
import dev.ibid.testing.LiveEvents;
import dev.ibid.testing.Person;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/** Chat with a model that speaks OpenAI's protocol, from the upload to the kept answer. */
@Timeout(60)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ModelChatTest {

    private static final String[] MIXED = {
        "Grüße", " –", " 日本語", " \uD83E\uDD8A", " \"q\"", " \\", "\n", "e\u0301", " done"
    };

    private ModelServer server;
    private Person ada;

    @BeforeAll
    void start() {
        server = ModelServer.openAi(Map.of("HISTORY_MESSAGES", "4"));
        ada = server.reader();
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @Test
    void eachTokenIsReadBeforeTheNextIsSent() {
        List<String> tokens = IntStream.range(0, 20).mapToObj(at -> " word" + at).toList();
        AtomicInteger allowed = new AtomicInteger();
        server.provider.always(
                FakeProviderScript.of(tokens.toArray(String[]::new)).allowed(allowed::get));

        try (LiveEvents live = ada.liveChat(Map.of("message", ModelServer.QUESTION))) {
            assertThat(live.upTo("passages")).hasSize(2);
            for (String token : tokens) {
                int sent = allowed.incrementAndGet();

                Person.Event read = live.next();

                assertThat(read.name()).isEqualTo("delta");
                assertThat(read.data().get("text").asText()).isEqualTo(token);
                assertThat(server.asked().tokensSent()).isEqualTo(sent);
            }
            assertThat(live.rest()).extracting(Person.Event::name).containsExactly("done");
        }
    }

    @Test
    void markersLeadToThePassagesAndInventedOnesNeverReachTheReader() {
        server.provider.always(
                FakeProviderScript.of(
                        "Four", " weeks [", "1", "]", " [7", "].", " Ask [9] HR [1][8]", "."));

        List<Person.Event> events = ada.chatEvents(Map.of("message", ModelServer.QUESTION));

        JsonNode message = events.getLast().data().get("message");
        assertThat(events.getLast().name()).isEqualTo("done");
        assertThat(message.get("content").asText()).isEqualTo("Four weeks [1]. Ask HR [1].");
        assertThat(ModelServer.text(events)).isEqualTo(message.get("content").asText());
        JsonNode citation = message.get("citations").get(0);
        assertThat(message.get("citations")).hasSize(1);
        assertThat(citation.get("quote").asText()).isEqualTo(ModelServer.NOTICE);
        assertThat(named(events, "citation")).containsExactly(citation);
        assertThat(events.toString()).doesNotContain("[7", "[8]", "[9]");
        assertThat(quoted(citation)).isEqualTo(ModelServer.NOTICE);
    }

    /** The words at the place that the citation names, in a passage of the document. */
    private String quoted(JsonNode citation) {
        String chunks = "/api/files/" + citation.get("documentId").asText() + "/chunks";
        for (JsonNode chunk : ada.get(chunks).expect(200).json().get("items")) {
            int from = citation.get("start").asInt() - chunk.get("start").asInt();
            int to = citation.get("end").asInt() - chunk.get("start").asInt();
            String text = chunk.get("text").asText();
            if (from >= 0 && to <= text.length()) {
                return text.substring(from, to);
            }
        }
        return "";
    }

    @Test
    void theHistoryShowsTheMessageAsTheStreamEndedIt() {
        server.provider.always(FakeProviderScript.of("Four weeks [1]", " [5]."));

        List<Person.Event> events = ada.chatEvents(Map.of("message", ModelServer.QUESTION));

        JsonNode done = events.getLast().data().get("message");
        String conversation = events.getFirst().data().get("conversationId").asText();
        List<JsonNode> history = ModelServer.history(ada, conversation);
        assertThat(history).hasSize(2);
        assertThat(history.getLast()).isEqualTo(done);
        assertThat(done.get("status").asText()).isEqualTo("complete");
        assertThat(done.get("model").asText()).isEqualTo(ModelServer.MODEL);
        assertThat(done.at("/usage/inputTokens").asInt()).isEqualTo(7);
        assertThat(done.get("id")).isEqualTo(events.getFirst().data().get("messageId"));
    }

    @Test
    void whoDoesNotAskForAStreamGetsTheWholeMessage() {
        server.provider.always(FakeProviderScript.of("Four weeks", " [1]."));

        JsonNode reply =
                ada.post("/api/chat", Map.of("message", ModelServer.QUESTION)).expect(200).json();

        assertThat(reply.at("/message/content").asText()).isEqualTo("Four weeks [1].");
        assertThat(ModelServer.history(ada, reply.get("conversationId").asText()).getLast())
                .isEqualTo(reply.get("message"));
    }

    @ParameterizedTest
    @EnumSource
    void howTheProviderCutsItsBytesMakesNoDifference(Framing framing) {
        server.provider.always(FakeProviderScript.of(MIXED).framed(framing));

        List<Person.Event> events = ada.chatEvents(Map.of("message", ModelServer.QUESTION));

        assertThat(ModelServer.text(events)).isEqualTo(String.join("", MIXED));
        assertThat(events.getLast().data().at("/message/content").asText())
                .isEqualTo(String.join("", MIXED));
    }

    @Test
    void thePromptHoldsTheNumberedPassagesAsDataAndNothingOfAnybodyElse() {
        Person eve = server.ibid.newcomer();
        server.give(eve, "hers.md", "The notice period of Eve is kept secret: nine weeks.");
        server.provider.always(FakeProviderScript.of("Four weeks [1]."));

        ada.chatEvents(Map.of("message", ModelServer.QUESTION));

        FakeProviderRequest asked = server.asked();
        String user = asked.lastUserText();
        assertThat(user)
                .containsPattern(
                        "(?s)<<([0-9a-f]{16}) \\[1\\] handbook\\.md.*\\Q"
                                + ModelServer.NOTICE
                                + "\\E.*\\1>>")
                .endsWith("Question: " + ModelServer.QUESTION);
        assertThat(asked.json().at("/messages/0/content").asText()).contains("never take it as");
        assertThat(asked.header("Authorization")).isEqualTo("Bearer " + ModelServer.KEY);
        assertThat(asked.body())
                .doesNotContain("nine weeks", "hers.md", eve.email(), ada.email())
                .doesNotContain(ModelServer.KEY, ada.accessToken());
    }

    @Test
    void theConversationIsInThePromptButNoMoreOfItThanIsAllowed() {
        String conversation = "";
        for (int turn = 1; turn <= 4; turn++) {
            server.provider.always(FakeProviderScript.of("Answer " + turn + " [1]."));
            Map<String, String> question =
                    Map.of("message", "What is the notice period, asked " + turn + "?");
            conversation = ask(question, conversation);
        }

        List<String> turns = server.asked().json().get("messages").findValuesAsText("content");

        assertThat(turns).hasSize(6);
        assertThat(turns.subList(1, 5))
                .containsExactly(
                        "What is the notice period, asked 2?",
                        "Answer 2.",
                        "What is the notice period, asked 3?",
                        "Answer 3.");
    }

    @Test
    void aFollowUpIsSearchedForTogetherWithWhatItLeansOn() {
        server.provider.always(FakeProviderScript.of("Four weeks [1]."));
        String conversation = ask(Map.of("message", ModelServer.QUESTION), "");
        server.provider.always(FakeProviderScript.of("The same [1]."));

        List<Person.Event> events =
                ada.chatEvents(
                        Map.of("message", "And for interns?", "conversationId", conversation));

        JsonNode message = events.getLast().data().get("message");
        String trace = "/api/messages/" + message.get("id").asText() + "/trace";
        assertThat(ada.get(trace).expect(200).json().get("searched").asText())
                .isEqualTo(ModelServer.QUESTION + " And for interns?");
        assertThat(server.asked().lastUserText())
                .contains(ModelServer.NOTICE)
                .endsWith("Question: And for interns?");
        assertThat(message.at("/citations/0/quote").asText()).isEqualTo(ModelServer.NOTICE);
    }

    @Test
    void whereNoPassageFitsTheModelIsToldSoAndCanCiteNothing() {
        server.provider.always(FakeProviderScript.of("Unicorns graze at night [1].[2]"));

        List<Person.Event> events =
                ada.chatEvents(Map.of("message", "Where does the unicorn graze?"));

        JsonNode message = events.getLast().data().get("message");
        assertThat(message.get("content").asText()).isEqualTo("Unicorns graze at night.");
        assertThat(message.get("citations")).isEmpty();
        assertThat(named(events, "passages").getFirst()).isEmpty();
        assertThat(server.asked().lastUserText())
                .startsWith("No passage of the documents fits this question.")
                .doesNotContain(ModelServer.NOTICE);
    }

    private String ask(Map<String, String> question, String conversation) {
        Map<String, String> request = new java.util.HashMap<>(question);
        if (!conversation.isEmpty()) {
            request.put("conversationId", conversation);
        }
        return ada.post("/api/chat", request).expect(200).json().get("conversationId").asText();
    }

    private static List<JsonNode> named(List<Person.Event> events, String name) {
        return events.stream()
                .filter(event -> event.name().equals(name))
                .map(Person.Event::data)
                .toList();
    }
}
