package dev.ibid.journeys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;

import dev.ibid.testing.FakeProvider;
import dev.ibid.testing.Ibid;
import dev.ibid.testing.Person;
import dev.ibid.testing.RoomyFolder;

import io.vertx.core.Vertx;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** Vectors from a provider, which may be away. */
@Timeout(120)
class EmbeddingProviderTest {

    private static final String NOTE = "The notice period is four weeks to the end of a month.";

    @TempDir(factory = RoomyFolder.class)
    private Path folder;

    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void stop() {
        vertx.close().await();
    }

    private static Map<String, String> settings(String address) {
        return Map.of(
                "AI_PROVIDER", "none",
                "EMBEDDING_PROVIDER", "openai",
                "EMBEDDING_MODEL", "some-model",
                "OPENAI_BASE_URL", address);
    }

    private static Person.Upload note() {
        return new Person.Upload("note.txt", "text/plain", NOTE.getBytes(StandardCharsets.UTF_8));
    }

    private static JsonNode search(Person person) {
        return person.post("/api/search", Map.of("query", "When can I give notice?"))
                .expect(200)
                .json();
    }

    private static boolean isFoundByItsVector(JsonNode found) {
        return found.at("/results/0/scores/dense").isNumber();
    }

    @Test
    void passagesAndQuestionsAreEmbeddedByTheProviderThatWasNamed() {
        FakeProvider provider = new FakeProvider();
        vertx.deployVerticle(provider).await();
        try (Ibid ibid = Ibid.start(folder, settings(provider.openAi().toString()))) {
            Person person = ibid.newcomer();
            assertThat(person.ingest(note()).get("state").asText()).isEqualTo("ready");

            JsonNode found = search(person);

            assertThat(isFoundByItsVector(found)).isTrue();
            assertThat(found.get("degraded")).isEmpty();
            assertThat(provider.requests().stream().flatMap(asked -> asked.inputs().stream()))
                    .contains(NOTE, "When can I give notice?");
        }
    }

    @Test
    void aProviderThatIsAwayAtStartIsWaitedFor() throws IOException {
        int port = freePort();
        try (Ibid ibid = Ibid.start(folder, settings("http://127.0.0.1:" + port + "/v1"))) {
            Person person = ibid.newcomer();
            String id = person.upload(note()).expect(202).json().at("/files/0/id").asText();
            assertThat(search(person).get("degraded").toString()).isEqualTo("[\"dense\"]");

            vertx.deployVerticle(new FakeProvider(port, 100)).await();

            assertThat(person.settled(id).get("state").asText()).isEqualTo("ready");
            await("found by its vector")
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> isFoundByItsVector(search(person)));
        }
    }

    @Test
    void theModelThatMadeTheVectorsAnswersUntilTheNewOneHasMadeThemAll() {
        FakeProvider provider = new FakeProvider();
        vertx.deployVerticle(provider).await();
        Person reader;
        try (Ibid ibid = Ibid.start(folder, Map.of("AI_PROVIDER", "none"))) {
            reader = ibid.newcomer();
            assertThat(reader.ingest(note()).get("state").asText()).isEqualTo("ready");
        }

        try (Ibid ibid = Ibid.start(folder, settings(provider.openAi().toString()))) {
            JsonNode found = search(Person.login(ibid.uri(), reader.email()));

            assertThat(isFoundByItsVector(found)).isTrue();
            assertThat(found.get("degraded")).isEmpty();
            assertThat(provider.requests()).isEmpty();
            assertThat(vectorsCheck(ibid)).contains("all-minilm-l6-v2-q", "some-model", "reindex");
        }
    }

    private static String vectorsCheck(Ibid ibid) {
        return ibid.stranger()
                .get("/api/status/detailed")
                .expect(200)
                .json()
                .at("/checks/vectors")
                .toString();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
