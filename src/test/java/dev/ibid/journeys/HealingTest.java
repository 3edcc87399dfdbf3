package dev.ibid.journeys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;

import dev.ibid.testing.Answer;
import dev.ibid.testing.IbidProcess;
import dev.ibid.testing.Person;
import dev.ibid.testing.RoomyFolder;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Indexes that were damaged are held against the database and repaired, from stored text. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(180)
final class HealingTest {

    @TempDir(factory = RoomyFolder.class)
    private static Path folder;

    private final List<String> documents = new ArrayList<>();
    private Succession servers;
    private Person administrator;
    private int chunks;
    private int chunksOfFirst;

    @BeforeAll
    void start() {
        servers = new Succession(folder.resolve("data"), Map.of());
        administrator = servers.newcomer();
        for (int number = 1; number <= 3; number++) {
            JsonNode document = administrator.ingest(Readings.note(number));
            documents.add(document.get("id").asText());
            chunks += document.get("chunks").asInt();
            chunksOfFirst = number == 1 ? chunks : chunksOfFirst;
        }
    }

    @AfterAll
    void stop() {
        servers.close();
    }

    @BeforeEach
    void aServerIsThere() {
        servers.ensureAlive();
        administrator = servers.again(administrator);
    }

    @Test
    void isNotReadyBeforeEveryDocumentCanBeFoundAgain() throws IOException {
        servers.server().terminate();
        DamagedIndex.removeAll(servers.dataDir());

        startAgain();

        assertThat(found(administrator)).containsExactlyInAnyOrderElementsOf(documents);
    }

    @Test
    void theServerRepairsWhatTheCommandBesideItAsksForAndAnswersMeanwhile() throws IOException {
        servers.server().terminate();
        damage();
        startAgain();
        List<String> before = found(administrator);

        try (SteadyReader reader = SteadyReader.asking(() -> search(administrator))) {
            IbidProcess command =
                    IbidProcess.launch(servers.dataDir(), Map.of(), "reindex", "--verify");
            int exitCode = command.exitCode();

            assertThat(exitCode).as(command.output()).isZero();
            assertThat(command.lines())
                    .contains(
                            "The running server does this; here is how far it has come.",
                            "Documents that can be found: 3",
                            repaired("lexical", 1),
                            repaired("vectors", 0),
                            "All of it was repaired.");
            assertThat(reader.refusals()).isEmpty();
            assertThat(reader.answers()).isPositive();
        }
        assertThat(before).doesNotContain(documents.getFirst());
        assertThat(found(administrator)).containsExactlyInAnyOrderElementsOf(documents);
    }

    @Test
    void theCommandRepairsByItselfWhereNoServerRuns() throws IOException {
        servers.server().terminate();
        damage();
        DamagedIndex.vectors(servers.dataDir()).addOrphan();

        IbidProcess command = IbidProcess.launch(servers.dataDir(), Map.of(), "reindex");
        int exitCode = command.exitCode();
        servers.assertNobodyIsLeft();
        startAgain();

        assertThat(exitCode).as(command.output()).isZero();
        assertThat(command.lines()).contains(repaired("lexical", 1), repaired("vectors", 1));
        assertThat(found(administrator)).containsExactlyInAnyOrderElementsOf(documents);
    }

    @Test
    void anAdministratorHasEverythingWrittenAnewWhileQuestionsAreAnswered() {
        try (SteadyReader reader = SteadyReader.asking(() -> search(administrator))) {
            String id = work("rebuild").expect(202).json().get("id").asText();

            JsonNode task = ended(id);

            assertThat(task.get("state").asText()).isEqualTo("done");
            assertThat(task.at("/report/rewritten").asInt()).isEqualTo(documents.size());
            assertThat(task.at("/report/indexes/0/chunks").asInt()).isEqualTo(chunks);
            assertThat(reader.refusals()).isEmpty();
        }
        assertThat(found(administrator)).containsExactlyInAnyOrderElementsOf(documents);
    }

    private void damage() throws IOException {
        DamagedIndex lexical = DamagedIndex.lexical(servers.dataDir());
        lexical.remove(documents.getFirst());
        lexical.addOrphan();
        DamagedIndex.vectors(servers.dataDir()).remove(documents.getFirst());
    }

    private String repaired(String index, int orphaned) {
        return "The %s index holds %d chunks; %d were missing and %d left over."
                .formatted(index, chunks, chunksOfFirst, orphaned);
    }

    private Answer work(String kind) {
        return administrator.send(
                "POST", "/api/admin/index/" + kind, BodyPublishers.noBody(), Map.of());
    }

    private JsonNode ended(String id) {
        return await().atMost(Duration.ofSeconds(60))
                .until(
                        () -> administrator.get("/api/admin/index/tasks/" + id).expect(200).json(),
                        task -> !task.get("endedAt").isNull());
    }

    private static Answer search(Person person) {
        return person.post("/api/search", Map.of("query", Readings.EVERYWHERE, "limit", 100));
    }

    private static List<String> found(Person person) {
        return search(person).expect(200).json().findValuesAsText("documentId").stream()
                .distinct()
                .toList();
    }

    private void startAgain() {
        servers.startNext();
        administrator = servers.again(administrator);
    }
}
