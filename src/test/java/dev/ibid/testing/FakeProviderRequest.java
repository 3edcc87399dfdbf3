package dev.ibid.testing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;

import dev.ibid.json.Json;

import io.vertx.core.MultiMap;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** What the fake provider was sent, and what became of it. */
public final class FakeProviderRequest {

    private final String method;
    private final String path;
    private final MultiMap headers;
    private final String body;
    private final JsonNode json;
    private final AtomicInteger tokensSent = new AtomicInteger();
    private volatile long cancelledAt;

    FakeProviderRequest(String method, String path, MultiMap headers, String body) {
        this.method = method;
        this.path = path;
        this.headers = headers;
        this.body = body;
        this.json = parse(body);
    }

    public String method() {
        return method;
    }

    public String path() {
        return path;
    }

    public @Nullable String header(String name) {
        return headers.get(name);
    }

    public String body() {
        return body;
    }

    /** Missing if the body is not a JSON object. */
    public JsonNode json() {
        return json;
    }

    public String lastUserText() {
        String last = "";
        for (JsonNode message : json.path("messages")) {
            last =
                    message.path("role").asText().equals("user")
                            ? message.path("content").asText()
                            : last;
        }
        return last;
    }

    /** The texts that are to be embedded. */
    public List<String> inputs() {
        JsonNode input = json.path("input");
        return input.isTextual()
                ? List.of(input.asText())
                : input.valueStream().map(JsonNode::asText).toList();
    }

    public int tokensSent() {
        return tokensSent.get();
    }

    /** Whether the client closed the connection before the answer was whole. */
    public boolean cancelled() {
        return cancelledAt != 0;
    }

    /** By {@link System#nanoTime}; 0 if it was not. */
    public long cancelledAt() {
        return cancelledAt;
    }

    void sent() {
        tokensSent.incrementAndGet();
    }

    void cancel() {
        cancelledAt = System.nanoTime();
    }

    private static JsonNode parse(String body) {
        try {
            JsonNode json = Json.MAPPER.readTree(body);
            return json != null && json.isObject() ? json : MissingNode.getInstance();
        } catch (JsonProcessingException notJson) {
            return MissingNode.getInstance();
        }
    }
}
