package dev.ibid.testing;

import com.fasterxml.jackson.databind.JsonNode;

import dev.ibid.json.Json;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;

/** What the server answered. */
public record Answer(int status, HttpResponse<byte[]> response) {

    public String text() {
        return new String(response.body(), StandardCharsets.UTF_8);
    }

    public JsonNode json() {
        try {
            return Json.MAPPER.readTree(response.body());
        } catch (IOException notJson) {
            throw new UncheckedIOException(text(), notJson);
        }
    }

    public String header(String name) {
        return response.headers().firstValue(name).orElse("");
    }

    /** The answer, if it has this status; otherwise the test fails and shows what came instead. */
    public Answer expect(int expected) {
        if (status != expected) {
            throw new AssertionError(
                    "expected status " + expected + " but was " + status + ": " + text());
        }
        return this;
    }
}
