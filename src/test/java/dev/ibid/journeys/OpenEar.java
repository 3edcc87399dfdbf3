package dev.ibid.journeys;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;

import dev.ibid.json.Json;
import dev.ibid.testing.Person;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Listens to an answer that is streamed, for as long as the server lives. */
final class OpenEar {

    private final Queue<String> lines = new ConcurrentLinkedQueue<>();

    static OpenEar ask(Person person, Object question) {
        OpenEar ear = new OpenEar();
        Thread.ofVirtual().start(() -> ear.listen(person, question));
        return ear;
    }

    private void listen(Person person, Object question) {
        HttpRequest request =
                HttpRequest.newBuilder(person.server().resolve("/api/chat"))
                        .header("Authorization", "Bearer " + person.accessToken())
                        .header("Content-Type", "application/json")
                        .header("Accept", "text/event-stream")
                        .POST(HttpRequest.BodyPublishers.ofByteArray(Json.bytes(question)))
                        .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            client.send(request, BodyHandlers.ofLines()).body().forEach(lines::add);
        } catch (IOException | UncheckedIOException theServerDied) {
            lines.add("");
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** The data of the first event of this name, as soon as it was heard. */
    JsonNode awaited(String event) {
        await("event " + event).until(() -> heard().contains("event: " + event));
        await("its data").until(() -> heard().size() > heard().indexOf("event: " + event) + 1);
        String data = heard().get(heard().indexOf("event: " + event) + 1);
        return Json.read(data.substring("data: ".length()), JsonNode.class);
    }

    private List<String> heard() {
        return List.copyOf(lines);
    }
}
