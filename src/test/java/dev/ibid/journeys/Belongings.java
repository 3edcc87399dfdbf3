package dev.ibid.journeys;

import com.fasterxml.jackson.databind.JsonNode;

import dev.ibid.testing.Person;
import dev.ibid.testing.Person.Upload;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What somebody has in the server: a document in a collection, and a conversation with an answer
 * about it.
 *
 * @param ids by kind: document, collection, conversation, answer
 */
record Belongings(Person owner, Map<String, String> ids) {

    static Belongings of(Person owner, String text) {
        String collection =
                owner.post("/api/collections", Map.of("name", "Harbour"))
                        .expect(201)
                        .json()
                        .get("id")
                        .asText();
        String document =
                owner.upload(Map.of("collectionId", collection), note("harbour.txt", text))
                        .expect(202)
                        .json()
                        .at("/files/0/id")
                        .asText();
        owner.settled(document);
        JsonNode reply = owner.post("/api/chat", Map.of("message", text)).expect(200).json();
        return new Belongings(
                owner,
                Map.of(
                        "document",
                        document,
                        "collection",
                        collection,
                        "conversation",
                        reply.get("conversationId").asText(),
                        "answer",
                        reply.at("/message/id").asText()));
    }

    static Upload note(String name, String text) {
        return new Upload(name, "text/plain", text.getBytes(StandardCharsets.UTF_8));
    }

    String id(String kind) {
        return ids.get(kind);
    }

    /** Everything, as its owner sees it. */
    String seen() {
        String file = "/api/files/" + id("document");
        String conversation = "/api/conversations/" + id("conversation");
        return Stream.of(
                        "/api/me",
                        "/api/files",
                        file,
                        file + "/chunks",
                        file + "/content",
                        "/api/collections",
                        "/api/collections/" + id("collection"),
                        "/api/conversations",
                        conversation,
                        conversation + "/messages",
                        "/api/messages/" + id("answer") + "/trace")
                .map(path -> path + "\n" + owner.get(path).expect(200).text())
                .collect(Collectors.joining("\n"));
    }

    /** Whether an answer given to somebody else holds anything of this. */
    boolean showsIn(String answer, String secret) {
        return answer.contains(secret)
                || List.copyOf(ids.values()).stream().anyMatch(answer::contains);
    }
}
