package dev.ibid.journeys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ibid.testing.Person;
import dev.ibid.testing.RoomyFolder;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * The server, its database or a parser dies at an exact moment of a document's ingestion. Nothing
 * is lost and nothing is there twice, in any store, and nobody has to help.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
final class DeathsDuringIngestionTest {

    private static final Duration RECOVERED = Duration.ofSeconds(30);

    @TempDir(factory = RoomyFolder.class)
    private static Path folder;

    private Succession servers;
    private Shelf shelf;
    private Ledger ledger;
    private Person person;

    @BeforeAll
    void start() {
        servers = new Succession(folder.resolve("data"), Map.of());
        shelf = Shelf.readInPeace(servers.newcomer(), List.of(Readings.story(), Readings.pdf()));
    }

    @AfterAll
    void stop() {
        servers.close();
    }

    @BeforeEach
    void someoneNewComes() {
        servers.ensureAlive();
        try (OwnDatabase database = OwnDatabase.of(servers.dataDir())) {
            database.forget();
        }
        ledger = new Ledger(shelf);
        person = servers.newcomer();
    }

    @ParameterizedTest
    @EnumSource
    void ofTheServerLoseNothingAndRepeatNothing(Moment moment) {
        try (OwnDatabase database = OwnDatabase.of(servers.dataDir())) {
            database.holdAt(moment);
            ledger.upload(person, Readings.story());
            database.awaitHeld();

            servers.kill();
        }

        servers.startNext();
        person = servers.again(person);
        assertWhole();
    }

    @ParameterizedTest
    @EnumSource(names = {"TEXT_IN_COMMIT", "AMID_SECOND_VECTORS", "PUBLISHING_IN_COMMIT"})
    void ofPostgresAreOverWithinHalfAMinute(Moment moment) {
        long server = servers.server().pid();
        try (OwnDatabase database = OwnDatabase.of(servers.dataDir())) {
            database.holdAt(moment);
            ledger.upload(person, Readings.story());
            database.awaitHeld();

            database.killPostmaster();
        }

        awaitDatabase();
        await("ready again")
                .atMost(RECOVERED)
                .ignoreExceptions()
                .until(() -> ledger.isSettled(person));
        assertWhole();
        assertThat(servers.server().pid()).isEqualTo(server);
        assertThat(servers.server().isAlive()).isTrue();
    }

    @Test
    void ofAParserCostOneAttempt() {
        try (OwnDatabase database = OwnDatabase.of(servers.dataDir())) {
            database.holdAt(Moment.AMID_PARSING);
            ledger.upload(person, Readings.pdf());
            database.awaitHeld();

            assertThat(servers.server().killParsers()).isEqualTo(1);
            database.letGo();
        }

        await("ready again").atMost(RECOVERED).until(() -> ledger.isSettled(person));
        assertWhole();
    }

    /** A reader of the status waits for the database no longer than a second. */
    private void awaitDatabase() {
        await("the database is back")
                .atMost(RECOVERED)
                .until(() -> person.get("/api/status/ready").status() == 200);
    }

    private void assertWhole() {
        ledger.assertKept(person);
        try (OwnDatabase database = OwnDatabase.of(servers.dataDir())) {
            new StoreCounts(database, servers.server()).assertExact();
        }
    }
}
