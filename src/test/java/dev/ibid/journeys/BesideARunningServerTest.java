package dev.ibid.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;

import dev.ibid.testing.IbidProcess;
import dev.ibid.testing.Person;
import dev.ibid.testing.RoomyFolder;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Commands that run while a server runs on the same data folder; it serves all along. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
final class BesideARunningServerTest {

    @TempDir(factory = RoomyFolder.class)
    private static Path folder;

    private Succession servers;
    private Person person;
    private Ledger ledger;
    private SteadyReader reader;

    @BeforeAll
    void start() {
        servers = new Succession(folder.resolve("data"), Map.of());
        person = servers.newcomer();
        ledger =
                new Ledger(
                        Shelf.readInPeace(
                                servers.newcomer(),
                                List.of(Readings.note(1), Readings.note(2), Readings.note(3))));
    }

    @AfterAll
    void stop() {
        servers.close();
    }

    @BeforeEach
    void readOn() {
        reader = SteadyReader.of(person);
    }

    @AfterEach
    void theServerHasServedAllAlong() {
        reader.close();
        assertThat(reader.refusals()).isEmpty();
        assertThat(reader.answers()).isPositive();
        ledger.assertKept(person);
    }

    @Test
    void createAdminMakesAnAdministratorWhoCanLogIn() {
        ledger.upload(person, Readings.note(1));
        IbidProcess command = command("create-admin", "boss@example.org");
        command.type(Person.PASSWORD);

        int exitCode = command.exitCode();

        assertThat(exitCode).as(command.output()).isZero();
        assertThat(command.lines()).contains("boss@example.org is an administrator now.");
        Person boss = Person.login(servers.server().uri(), "boss@example.org");
        assertThat(role(boss)).isEqualTo("admin");
    }

    @Test
    void migrateFindsNothingToDo() {
        ledger.upload(person, Readings.note(2));
        IbidProcess command = command("migrate");

        int exitCode = command.exitCode();

        assertThat(exitCode).as(command.output()).isZero();
        assertThat(command.lines()).contains("Migrations applied: 0");
    }

    @Test
    void aSecondServerNamesTheFirstAndEnds() {
        ledger.upload(person, Readings.note(3));
        IbidProcess second = command();

        int exitCode = second.exitCode();

        assertThat(exitCode).as(second.output()).isEqualTo(1);
        assertThat(second.lines())
                .contains(
                        "The data directory is in use by process "
                                + servers.server().pid()
                                + ". Stop that one first, or choose another directory with"
                                + " DATA_DIR.");
        assertThat(second.output()).doesNotContain("Exception");
    }

    @Test
    void aServerWithWrongSettingsListsThemAll() {
        IbidProcess wrong =
                IbidProcess.launch(
                        folder.resolve("untouched"),
                        Map.of("PORT", "eighty", "MAX_FILE_SIZE", "huge", "LOG_LEVEL", "loud"),
                        "--prot=4000");

        int exitCode = wrong.exitCode();

        assertThat(exitCode).as(wrong.output()).isEqualTo(2);
        assertThat(wrong.output())
                .contains("The configuration is wrong:")
                .contains(
                        "PORT",
                        "MAX_FILE_SIZE",
                        "LOG_LEVEL",
                        "PROT: there is no such setting. Did you mean PORT?")
                .doesNotContain("Exception");
    }

    private IbidProcess command(String... arguments) {
        return IbidProcess.launch(servers.dataDir(), Map.of(), arguments);
    }

    private static String role(Person person) {
        JsonNode tokens =
                Person.stranger(person.server())
                        .post("/api/auth/login", Person.credentials(person.email()))
                        .expect(200)
                        .json();
        return tokens.at("/user/role").asText();
    }
}
