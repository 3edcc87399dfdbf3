package dev.ibid.journeys;

import com.fasterxml.jackson.databind.JsonNode;

import dev.ibid.testing.FakeProvider;
import dev.ibid.testing.FakeProviderRequest;
import dev.ibid.testing.Ibid;
import dev.ibid.testing.Person;

import io.vertx.core.Vertx;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A started server with a model behind it: the strict fake, over a real socket. */
final class ModelServer implements AutoCloseable {

    static final String KEY = "sk-a-key-that-nobody-may-see";
    static final String MODEL = "fake-model";

    static final String NOTICE = "The notice period is four weeks to the end of a month.";
    static final String HOLIDAYS = "Everybody has thirty days of holiday a year.";
    static final String QUESTION = "What is the notice period?";

    final FakeProvider provider = new FakeProvider();
    final Ibid ibid;
    private final Vertx vertx = Vertx.vertx();

    private ModelServer(boolean ollama, Map<String, String> more) {
        vertx.deployVerticle(provider).await();
        Map<String, String> settings = new HashMap<>(more);
        if (ollama) {
            settings.put("OLLAMA_BASE_URL", provider.ollama().toString());
            settings.put("OLLAMA_MODEL", MODEL);
        } else {
            provider.requiresKey(KEY);
            settings.put("OPENAI_BASE_URL", provider.openAi().toString());
            settings.put("OPENAI_API_KEY", KEY);
            settings.put("OPENAI_MODEL", MODEL);
        }
        ibid = Ibid.start(folder(), settings);
    }

    static ModelServer openAi(Map<String, String> settings) {
        return new ModelServer(false, settings);
    }

    static ModelServer ollama(Map<String, String> settings) {
        return new ModelServer(true, settings);
    }

    /** Somebody with the handbook as their only document. */
    Person reader() {
        Person reader = ibid.newcomer();
        give(reader, "handbook.md", "# Notice\n\n" + NOTICE + "\n\n# Holidays\n\n" + HOLIDAYS);
        return reader;
    }

    void give(Person person, String name, String text) {
        JsonNode document =
                person.ingest(
                        new Person.Upload(
                                name, "text/markdown", text.getBytes(StandardCharsets.UTF_8)));
        if (!document.get("state").asText().equals("ready")) {
            throw new AssertionError("not ingested: " + document);
        }
    }

    /** What the model was asked last. */
    FakeProviderRequest asked() {
        return provider.requests().getLast();
    }

    /** The messages of a conversation, oldest first. */
    static List<JsonNode> history(Person person, String conversationId) {
        JsonNode items =
                person.get("/api/conversations/" + conversationId + "/messages?limit=100")
                        .expect(200)
                        .json()
                        .get("items");
        return items.valueStream().toList();
    }

    /** The text that the deltas make. */
    static String text(List<Person.Event> events) {
        StringBuilder text = new StringBuilder();
        events.stream()
                .filter(event -> event.name().equals("delta"))
                .forEach(event -> text.append(event.data().get("text").asText()));
        return text.toString();
    }

    private static Path folder() {
        try {
            return Files.createTempDirectory(
                    Files.createDirectories(Path.of("target", "ibid")), "model");
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    @Override
    public void close() {
        ibid.close();
        vertx.close().await();
    }
}
