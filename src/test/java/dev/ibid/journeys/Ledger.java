package dev.ibid.journeys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;

import dev.ibid.testing.Person;
import dev.ibid.testing.Person.Upload;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** What the server has acknowledged to one person, and what must therefore still be there. */
final class Ledger {

    private static final Duration ALL_READY = Duration.ofSeconds(30);
    private static final List<String> ENDED = List.of("complete", "interrupted");

    private record Asked(String conversation, String question, JsonNode answer) {}

    private final Shelf shelf;
    private final Queue<String> documents = new ConcurrentLinkedQueue<>();
    private final Queue<Asked> asked = new ConcurrentLinkedQueue<>();

    Ledger(Shelf shelf) {
        this.shelf = shelf;
    }

    /**
     * @return the document's id, once it is acknowledged
     */
    String upload(Person person, Upload file) {
        String id = person.upload(file).expect(202).json().at("/files/0/id").asText();
        documents.add(id);
        return id;
    }

    void ask(Person person, String question) {
        JsonNode reply =
                person.post("/api/chat", Map.of("message", question, "sessionId", "desk"))
                        .expect(200)
                        .json();
        asked.add(new Asked(reply.get("conversationId").asText(), question, reply.get("message")));
    }

    int entries() {
        return documents.size() + asked.size();
    }

    /** Nothing is missing; and what was not acknowledged is either whole or not there at all. */
    void assertKept(Person person) {
        List<JsonNode> files = onceSettled(person);
        assertThat(files)
                .extracting(file -> file.get("id").asText())
                .doesNotHaveDuplicates()
                .containsAll(documents);
        files.forEach(file -> shelf.assertWhole(person, file));
        asked.forEach(entry ->
                assertThat(messages(person, entry.conversation())).contains(entry.answer()));
        conversations(person)
                .forEach(conversation -> assertAnswered(messages(person, conversation)));
    }

    /** Exactly what was acknowledged, and nothing that was not. */
    void assertNothingElse(Person person) {
        assertThat(files(person))
                .extracting(file -> file.get("id").asText())
                .containsExactlyInAnyOrderElementsOf(documents);
    }

    boolean isSettled(Person person) {
        return files(person).stream().allMatch(file -> file.get("state").asText().equals("ready"));
    }

    private static List<JsonNode> onceSettled(Person person) {
        await("all documents are ready")
                .atMost(ALL_READY)
                .pollInterval(Duration.ofMillis(50))
                .untilAsserted(() ->
                        assertThat(files(person))
                                .allMatch(file -> file.get("state").asText().equals("ready")));
        return files(person);
    }

    /** Each question has its answer below it, which has ended one way or the other. */
    private static void assertAnswered(List<JsonNode> messages) {
        for (int at = 0; at < messages.size(); at += 2) {
            assertThat(messages.get(at).get("role").asText()).isEqualTo("user");
            assertThat(messages.get(at + 1).get("parentId")).isEqualTo(messages.get(at).get("id"));
            assertThat(messages.get(at + 1).get("status").asText()).isIn(ENDED);
        }
    }

    static List<JsonNode> messages(Person person, String conversation) {
        return items(person, "/api/conversations/" + conversation + "/messages?limit=100");
    }

    private static List<String> conversations(Person person) {
        return items(person, "/api/conversations").stream()
                .map(conversation -> conversation.get("id").asText())
                .toList();
    }

    private static List<JsonNode> files(Person person) {
        return items(person, "/api/files?limit=100");
    }

    private static List<JsonNode> items(Person person, String path) {
        List<JsonNode> items = new ArrayList<>();
        person.get(path).expect(200).json().get("items").forEach(items::add);
        return items;
    }
}
