package dev.ibid.journeys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;

import dev.ibid.testing.FakeProvider;
import dev.ibid.testing.FakeProviderRequest;
import dev.ibid.testing.FakeProviderScript;
import dev.ibid.testing.IbidProcess;
import dev.ibid.testing.Person;
import dev.ibid.testing.RoomyFolder;

import io.vertx.core.Vertx;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Another embedding model takes over while questions are answered. */
@Timeout(300)
class EmbeddingSwitchTest {

    private static final String QUESTION = "Who keeps the lighthouse number 17?";
    private static final Duration LONG = Duration.ofSeconds(90);

    /** The dimension, two batches of passages, and one that is never answered. */
    private static final int UNTIL_STUCK = 4;

    @TempDir(factory = RoomyFolder.class)
    private Path folder;

    private final Vertx vertx = Vertx.vertx();
    private final FakeProvider provider = new FakeProvider();

    @BeforeEach
    void start() {
        vertx.deployVerticle(provider).await();
    }

    @AfterEach
    void stop() {
        vertx.close().await();
    }

    private Path data() {
        return folder.resolve("data");
    }

    private Map<String, String> byTheProvider() {
        return Map.of(
                "AI_PROVIDER", "none",
                "EMBEDDING_PROVIDER", "openai",
                "EMBEDDING_MODEL", "some-model",
                "OPENAI_BASE_URL", provider.openAi().toString());
    }

    private static Person.Upload lighthouses() {
        String text =
                IntStream.range(0, 1500)
                        .mapToObj(at ->
                                "The lighthouse number %d is kept by keeper %d, who came in year %d."
                                        .formatted(at, at * 7, 1700 + at % 300))
                        .collect(Collectors.joining("\n\n"));
        return new Person.Upload(
                "lighthouses.txt", "text/plain", text.getBytes(StandardCharsets.UTF_8));
    }

    private static void assertFoundByMeaning(Person person) {
        JsonNode found = person.post("/api/search", Map.of("query", QUESTION)).expect(200).json();
        assertThat(found.get("degraded")).isEmpty();
        assertThat(found.get("results")).isNotEmpty();
        assertThat(found.get("results").valueStream())
                .anyMatch(result -> result.at("/scores/dense").isNumber());
    }

    private boolean isAskedQuestions() {
        return provider.requests().stream()
                .anyMatch(request -> request.inputs().contains(QUESTION));
    }

    private static Person at(IbidProcess server, Person person) {
        return new Person(
                server.uri(), person.email(), person.accessToken(), person.refreshToken());
    }

    private List<Path> vectorFolders() throws IOException {
        try (Stream<Path> indexes = Files.list(data().resolve("index"))) {
            return indexes.filter(index -> index.getFileName().toString().startsWith("vectors-"))
                    .toList();
        }
    }

    @Test
    void goesOnAfterADeathAndTakesOverOnceNothingIsMissing() throws IOException {
        Person person;
        try (IbidProcess local = IbidProcess.start(data(), Map.of("AI_PROVIDER", "none"))) {
            person = Person.register(local.uri(), "keeper@example.org");
            assertThat(person.ingest(lighthouses()).get("state").asText()).isEqualTo("ready");
        }
        List<String> embedded = dieHalfway(person);

        int before = provider.requests().size();
        try (IbidProcess server = IbidProcess.start(data(), byTheProvider())) {
            Person again = at(server, person);
            await("the new model answers")
                    .atMost(LONG)
                    .until(() -> {
                        assertFoundByMeaning(again);
                        return isAskedQuestions();
                    });
            await("the old index is gone").atMost(LONG).until(() -> vectorFolders().size() == 1);

            assertFoundByMeaning(again);
            assertThat(vectorFolders().getFirst().toString()).contains("vectors-openai-some-model");
            assertThat(provider.requests().stream().skip(before).map(FakeProviderRequest::inputs))
                    .noneMatch(inputs -> inputs.stream().anyMatch(embedded::contains));
        }
    }

    /** What the new model had embedded when the server was killed. */
    private List<String> dieHalfway(Person person) {
        provider.next(
                FakeProviderScript.of(),
                FakeProviderScript.of(),
                FakeProviderScript.of(),
                FakeProviderScript.of().firstAfter(Duration.ofMinutes(5)));
        try (IbidProcess server = IbidProcess.start(data(), byTheProvider());
                IbidProcess reindex = IbidProcess.launch(data(), byTheProvider(), "reindex")) {
            await("stuck in the middle")
                    .atMost(LONG)
                    .until(() -> provider.requests().size() >= UNTIL_STUCK);
            assertFoundByMeaning(at(server, person));
            assertThat(isAskedQuestions()).isFalse();
            server.kill9();
            assertThat(reindex.exitCode()).as(reindex.output()).isEqualTo(1);
        }
        return provider.requests().stream()
                .skip(1)
                .limit(UNTIL_STUCK - 2)
                .flatMap(request -> request.inputs().stream())
                .toList();
    }
}
