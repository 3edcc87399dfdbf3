package dev.ibid.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;

import dev.ibid.testing.Ibid;
import dev.ibid.testing.Person;
import dev.ibid.testing.Person.Event;
import dev.ibid.testing.Person.Upload;
import dev.ibid.testing.WithIbid;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

@WithIbid
class ConversationJourneyTest {

    private static final String HANDBOOK =
            "The notice period is four weeks to the end of a month.\n\n"
                    + "For managers the notice period is three months.\n\n"
                    + "Everybody has thirty days of holiday a year.\n";
    private static final Upload FILE =
            new Upload("handbook.txt", "text/plain", HANDBOOK.getBytes(StandardCharsets.UTF_8));

    private final Person ada;
    private final Person eve;

    ConversationJourneyTest(Ibid ibid) {
        ada = ibid.newcomer();
        eve = ibid.newcomer();
        ada.ingest(FILE);
    }

    @Test
    void anAnswerStreamsAndIsTheSameInTheHistoryAndInTheReplay() {
        List<Event> events = ada.chatEvents(Map.of("message", "What is the notice period?"));

        JsonNode message = events.getLast().data().get("message");
        JsonNode citation = message.get("citations").get(0);
        assertThat(events)
                .extracting(Event::name)
                .startsWith("start", "passages", "delta")
                .endsWith("done");
        assertThat(events).extracting(Event::id).first().isEqualTo("1");
        assertThat(message.get("content").asText()).isEqualTo(deltas(events));
        assertThat(citation.get("quote").asText())
                .isEqualTo(
                        HANDBOOK.substring(
                                citation.get("start").asInt(), citation.get("end").asInt()))
                .contains("four weeks");
        assertThat(history(ada, events).get(1)).isEqualTo(message);
        assertThat(replay(ada, messageId(events), 2)).isEqualTo(events.subList(2, events.size()));
    }

    @Test
    void aFollowUpGoesOnInTheSameConversation() {
        JsonNode first = chat(Map.of("message", "What is the notice period?"));

        JsonNode second =
                chat(
                        Map.of(
                                "message",
                                "And for managers?",
                                "conversationId",
                                first.get("conversationId").asText()));

        assertThat(second.at("/message/parentId").isNull()).isFalse();
        assertThat(second.at("/message/citations/0/quote").asText()).contains("three months");
        String trace = "/api/messages/" + second.at("/message/id").asText() + "/trace";
        assertThat(ada.get(trace).expect(200).json().get("searched").asText())
                .isEqualTo("What is the notice period? And for managers?");
    }

    @Test
    void whatTheDocumentsDoNotSayIsSaidPlainly() {
        JsonNode answer = chat(Map.of("message", "Where does the unicorn graze at midnight?"));

        assertThat(answer.at("/message/content").asText())
                .isEqualTo("Your documents do not say anything about this.");
        assertThat(answer.at("/message/citations")).isEmpty();
    }

    @Test
    void aConversationIsFoundRenamedPutAwayAndDeleted() {
        JsonNode answer = chat(Map.of("message", "How many days of holiday?"));
        String id = answer.get("conversationId").asText();
        String path = "/api/conversations/" + id;

        JsonNode renamed =
                ada.patch(path, Map.of("title", "Holidays", "archived", true)).expect(200).json();

        assertThat(renamed.get("title").asText()).isEqualTo("Holidays");
        assertThat(ids(ada.get("/api/conversations?archived=true&q=thirty").expect(200).json()))
                .containsExactly(id);
        assertThat(ids(ada.get("/api/conversations?q=thirty").expect(200).json()))
                .doesNotContain(id);
        ada.delete(path).expect(204);
        ada.get(path).expect(404);
        ada.get("/api/chat/" + answer.at("/message/id").asText() + "/stream").expect(404);
    }

    @Test
    void nothingOfAConversationIsToBeHadBySomebodyElse() {
        List<Event> events = ada.chatEvents(Map.of("message", "What is the notice period?"));
        String conversation = events.getFirst().data().get("conversationId").asText();
        String message = messageId(events);

        eve.get("/api/conversations/" + conversation).expect(404);
        eve.get("/api/conversations/" + conversation + "/messages").expect(404);
        eve.patch("/api/conversations/" + conversation, Map.of("title", "Mine")).expect(404);
        eve.delete("/api/conversations/" + conversation).expect(404);
        eve.get("/api/chat/" + message + "/stream").expect(404);
        eve.post("/api/chat/" + message + "/stop", Map.of()).expect(404);
        eve.get("/api/messages/" + message + "/trace").expect(404);
        eve.post("/api/messages/" + message + "/feedback", Map.of("rating", "up")).expect(404);
        eve.post("/api/chat", Map.of("message", "Hers?", "conversationId", conversation))
                .expect(404);
        ada.post("/api/messages/" + message + "/feedback", Map.of("rating", "up")).expect(204);
    }

    @Test
    void aQuestionThatCannotBeAskedNamesTheField() {
        String conversation =
                ada.post("/api/conversations", Map.of()).expect(201).json().get("id").asText();

        assertThat(refused(Map.of("message", "x".repeat(2001)))).isEqualTo("message");
        assertThat(refused(Map.of("message", "Who?", "assistant", "oracle")))
                .isEqualTo("assistant");
        assertThat(
                        refused(
                                Map.of(
                                        "message",
                                        "Both?",
                                        "conversationId",
                                        conversation,
                                        "sessionId",
                                        "tab")))
                .isEqualTo("sessionId");
    }

    private String refused(Map<String, String> question) {
        return ada.post("/api/chat", question).expect(400).json().get("field").asText();
    }

    private JsonNode chat(Map<String, String> question) {
        return ada.post("/api/chat", question).expect(200).json();
    }

    private static String messageId(List<Event> events) {
        return events.getFirst().data().get("messageId").asText();
    }

    private static String deltas(List<Event> events) {
        StringBuilder text = new StringBuilder();
        events.stream()
                .filter(event -> event.name().equals("delta"))
                .forEach(event -> text.append(event.data().get("text").asText()));
        return text.toString();
    }

    private static JsonNode history(Person person, List<Event> events) {
        String conversation = events.getFirst().data().get("conversationId").asText();
        return person.get("/api/conversations/" + conversation + "/messages")
                .expect(200)
                .json()
                .get("items");
    }

    private static List<Event> replay(Person person, String message, int lastId) {
        return person.events(
                "GET",
                "/api/chat/" + message + "/stream",
                Map.of(),
                Map.of("Last-Event-ID", String.valueOf(lastId)));
    }

    private static List<String> ids(JsonNode page) {
        return page.get("items").findValuesAsText("id");
    }
}
