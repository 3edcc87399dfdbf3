package dev.ibid.journeys;

import static java.util.Map.entry;

import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.ibid.json.Json;
import dev.ibid.testing.Person;

import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/** A sensible JSON body for each operation that takes one; a new one is to be entered here. */
final class SampleBodies {

    private static final Map<String, Map<String, String>> BODIES =
            Map.ofEntries(
                    entry("register", Person.credentials("someone@example.org")),
                    entry("login", Person.credentials("someone@example.org")),
                    entry("refresh", Map.of("refresh_token", "not-one-of-ours")),
                    entry("logout", Map.of("refresh_token", "not-one-of-ours")),
                    entry(
                            "changePassword",
                            Map.of(
                                    "currentPassword",
                                    Person.PASSWORD,
                                    "newPassword",
                                    Person.PASSWORD + " 2")),
                    entry("updateMe", Map.of("timeZone", "Europe/Paris")),
                    entry("createCollection", Map.of("name", "Tides")),
                    entry("updateCollection", Map.of("name", "Ebb and flow")),
                    entry("search", Map.of("query", "When is high water?")),
                    entry("chat", Map.of("message", "When is high water?")),
                    entry("createConversation", Map.of("title", "About the tides")),
                    entry("updateConversation", Map.of("title", "About the moon")),
                    entry("giveFeedback", Map.of("rating", "up", "comment", "It says when.")));

    private SampleBodies() {}

    static ObjectNode of(PublishedApi.Operation operation) {
        Map<String, String> body =
                Objects.requireNonNull(
                        BODIES.get(operation.id()),
                        () -> "SampleBodies has no body for " + operation);
        return Json.MAPPER.valueToTree(body);
    }

    /** An e-mail address that nobody has. */
    static String freshEmail() {
        return "p" + UUID.randomUUID() + "@example.org";
    }
}
