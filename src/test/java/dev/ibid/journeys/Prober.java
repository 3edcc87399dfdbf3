package dev.ibid.journeys;

import com.fasterxml.jackson.databind.JsonNode;

import dev.ibid.testing.Answer;
import dev.ibid.testing.Person;

import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;

/** Sends an operation what it was not meant to get. */
record Prober(Person person) {

    static final Map<String, String> JSON = Map.of("Content-Type", "application/json");

    Answer send(PublishedApi.Operation operation, String body) {
        return send(operation, body.getBytes(StandardCharsets.UTF_8), JSON);
    }

    Answer send(PublishedApi.Operation operation, byte[] body, Map<String, String> headers) {
        return sendTo(operation, UUID.randomUUID().toString(), body, headers);
    }

    Answer sendTo(
            PublishedApi.Operation operation,
            String pathId,
            byte[] body,
            Map<String, String> headers) {
        return person.send(
                operation.method(),
                operation.at(pathId),
                BodyPublishers.ofByteArray(body),
                headers);
    }

    /** The problem, after it was seen to be a whole one. */
    static JsonNode refused(int status, Answer answer) {
        return ProblemShape.check(answer.expect(status));
    }
}
