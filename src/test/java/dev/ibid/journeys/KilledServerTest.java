package dev.ibid.journeys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;

import dev.ibid.testing.FakeProvider;
import dev.ibid.testing.FakeProviderScript;
import dev.ibid.testing.FakeProviderScript.Ending;
import dev.ibid.testing.Person;
import dev.ibid.testing.RoomyFolder;

import io.vertx.core.Vertx;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The server dies at the worst moments. Whoever had its word finds it kept on the next start. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(180)
final class KilledServerTest {

    private static final String QUESTION = "What does the keeper write into the journal?";

    @TempDir(factory = RoomyFolder.class)
    private static Path folder;

    private final Vertx vertx = Vertx.vertx();
    private final FakeProvider provider = new FakeProvider();
    private Succession servers;
    private Shelf shelf;
    private Ledger ledger;
    private Person person;

    @BeforeAll
    void start() {
        vertx.deployVerticle(provider).await();
        servers =
                new Succession(
                        folder.resolve("data"),
                        Map.of("OPENAI_BASE_URL", provider.openAi().toString()));
        shelf =
                Shelf.readInPeace(
                        servers.newcomer(),
                        List.of(Readings.longText(), Readings.pdf(), Readings.note(1)));
    }

    @AfterAll
    void stop() {
        servers.close();
        vertx.close().await();
    }

    @BeforeEach
    void someoneNewComes() {
        servers.ensureAlive();
        ledger = new Ledger(shelf);
        person = servers.newcomer();
        provider.always(FakeProviderScript::echo);
    }

    @Test
    void keepsNothingOfAnUploadWhoseBodyWasStillArriving() throws IOException {
        ledger.upload(person, Readings.note(1));
        try (HalfUpload _ = HalfUpload.send(person)) {
            await().until(this::isReceiving);

            killAndStartAgain();
        }

        ledger.assertKept(person);
        ledger.assertNothingElse(person);
    }

    @Test
    void readsADocumentThatItHadOnlyJustAccepted() {
        ledger.upload(person, Readings.longText());

        killAndStartAgain();

        ledger.assertKept(person);
    }

    @Test
    void readsADocumentAgainWhoseParsingWasCutOff() {
        String id = ledger.upload(person, Readings.pdf());
        awaitState(id, document -> isAt(document, "parsing"));

        killAndStartAgain();

        ledger.assertKept(person);
    }

    @Test
    void goesOnWithADocumentWhoseEmbeddingWasCutOff() {
        String id = ledger.upload(person, Readings.longText());
        awaitState(
                id,
                document ->
                        isAt(document, "embedding") && document.at("/progress/done").asInt() > 0);

        killAndStartAgain();

        ledger.assertKept(person);
    }

    @Test
    void findsADocumentThatHadOnlyJustBecomeReady() {
        String id = ledger.upload(person, Readings.note(1));
        awaitState(id, document -> isAt(document, "ready"));

        killAndStartAgain();

        ledger.assertKept(person);
    }

    @Test
    void keepsTheQuestionWhoseStreamWasCutOff() {
        provider.always(endless());
        ledger.upload(person, Readings.note(1));
        OpenEar ear = OpenEar.ask(person, Map.of("message", QUESTION));
        String conversation = ear.awaited("start").get("conversationId").asText();
        ear.awaited("delta");

        killAndStartAgain();

        assertThatTheAnswerIsInterrupted(conversation);
    }

    @Test
    void keepsTheQuestionWhoseAnswerWasStillBeingWritten() {
        provider.always(endless());
        ledger.upload(person, Readings.note(1));
        String conversation =
                person.post("/api/conversations", Map.of()).expect(201).json().get("id").asText();
        askWithoutHearing(conversation);
        await().until(() -> Ledger.messages(person, conversation).size() == 2);

        killAndStartAgain();

        assertThatTheAnswerIsInterrupted(conversation);
    }

    @Test
    void goesOnAfterAStopInTheMiddleOfItsWork() {
        String id = ledger.upload(person, Readings.longText());
        awaitState(id, document -> isAt(document, "embedding"));

        int exitCode = servers.server().terminate();

        assertThat(exitCode).isEqualTo(128 + 15);
        assertThatItLeftInGoodOrder();
        startAgain();
        ledger.assertKept(person);
    }

    @Test
    void endsCleanlyAtCtrlC() {
        ledger.upload(person, Readings.note(1));
        ledger.ask(person, QUESTION);

        int exitCode = servers.server().interrupt();

        assertThat(exitCode).isEqualTo(128 + 2);
        assertThatItLeftInGoodOrder();
        startAgain();
        ledger.assertKept(person);
    }

    private void killAndStartAgain() {
        servers.kill();
        startAgain();
    }

    private void startAgain() {
        servers.startNext();
        person = servers.again(person);
    }

    private void assertThatItLeftInGoodOrder() {
        servers.assertNobodyIsLeft();
        assertThat(servers.server().complaints()).isEmpty();
        assertThat(servers.dataDir().resolve("ibid.pid")).doesNotExist();
        assertThat(servers.dataDir().resolve("postgres.address")).doesNotExist();
        assertThat(servers.dataDir().resolve("parsing")).isEmptyDirectory();
    }

    private void assertThatTheAnswerIsInterrupted(String conversation) {
        List<JsonNode> messages = Ledger.messages(person, conversation);
        assertThat(messages)
                .extracting(message -> message.get("status").asText())
                .containsExactly("complete", "interrupted");
        assertThat(messages.getFirst().get("content").asText()).isEqualTo(QUESTION);
        ledger.assertKept(person);
        provider.always(FakeProviderScript::echo);
        person.post("/api/chat", Map.of("message", QUESTION, "conversationId", conversation))
                .expect(200);
    }

    private void askWithoutHearing(String conversation) {
        Person asking = person;
        Thread.ofVirtual()
                .start(() -> {
                    try {
                        asking.post(
                                "/api/chat",
                                Map.of("message", QUESTION, "conversationId", conversation));
                    } catch (UncheckedIOException theServerDied) {
                        assertThat(servers.server()).isNotNull();
                    }
                });
    }

    private boolean isReceiving() throws IOException {
        try (Stream<Path> incoming =
                Files.list(servers.dataDir().resolve("originals").resolve("incoming"))) {
            return incoming.anyMatch(file -> file.toFile().length() > 0);
        }
    }

    private void awaitState(String id, Predicate<JsonNode> wanted) {
        await().pollInterval(Duration.ofMillis(5))
                .until(() -> person.get("/api/files/" + id).expect(200).json(), wanted);
    }

    private static boolean isAt(JsonNode document, String state) {
        return document.get("state").asText().equals(state);
    }

    private static FakeProviderScript endless() {
        return FakeProviderScript.of(" word").every(Duration.ofMillis(20)).ending(Ending.ENDLESS);
    }
}
