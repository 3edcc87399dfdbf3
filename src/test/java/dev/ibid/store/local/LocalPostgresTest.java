package dev.ibid.store.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.ibid.failure.Failure;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

class LocalPostgresTest {

    @TempDir(factory = OpenFolder.class)
    Path folder;

    private DataDirectory directory;

    @BeforeEach
    void own() {
        directory = Ground.own(folder.resolve("data"));
    }

    @AfterEach
    void giveUp() {
        directory.close();
    }

    @Test
    void keepsItsRowsFromOneStartToTheNextAndMakesTheDatabaseOnce() throws Exception {
        List<String> steps = new ArrayList<>();
        try (LocalPostgres first = Ground.start(directory)) {
            Rows.of(first.address()).add("Grüße, 世界");
        }

        try (LocalPostgres second = Ground.start(directory, steps::add)) {
            assertThat(Rows.of(second.address()).all()).containsExactly("Grüße, 世界");
            assertThat(steps).containsExactly("Starting the private database");
        }
    }

    @Test
    void runsWhereOnlyTheUserWhoStartsItCanGo(@TempDir Path closed) throws Exception {
        try (DataDirectory inside = Ground.own(closed.resolve("it's a place"));
                LocalPostgres server = Ground.start(inside)) {
            Rows.of(server.address()).add("here");

            assertThat(Rows.of(server.address()).all()).containsExactly("here");
        }
    }

    @Test
    void writesCommitsToDiskAndListensToThisMachineOnly() throws Exception {
        try (LocalPostgres server = Ground.start(directory)) {
            Rows rows = Rows.of(server.address());

            assertThat(rows.setting("fsync")).isEqualTo("on");
            assertThat(rows.setting("synchronous_commit")).isEqualTo("on");
            assertThat(rows.setting("data_checksums")).isEqualTo("on");
            assertThat(rows.setting("listen_addresses")).isEqualTo("127.0.0.1");
            assertThat(rows.setting("unix_socket_directories")).isEmpty();
            assertThat(rows.setting("server_encoding")).isEqualTo("UTF8");
        }
    }

    @Test
    void refusesAWrongPassword() throws Exception {
        try (LocalPostgres server = Ground.start(directory)) {
            Address right = server.address();
            Rows stranger = Rows.of(new Address(right.port(), right.user(), "guess"));

            assertThatThrownBy(stranger::connect)
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("password authentication failed");
        }
    }

    @Test
    void leavesItsAddressAndPasswordForItsOwnUserOnly() throws Exception {
        try (LocalPostgres server = Ground.start(directory)) {
            assertThat(LocalPostgres.addressOfRunning(directory.path())).hasValue(server.address());
            assertThat(mode("postgres.address")).isEqualTo("rw-------");
            assertThat(mode("postgres.password")).isEqualTo("rw-------");
            assertThat(server.address().toString()).doesNotContain(server.password());
        }
    }

    @Test
    void canBeStoppedAgain() throws Exception {
        LocalPostgres server = Ground.start(directory);
        server.close();

        server.close();

        assertThat(Ground.processes(directory.path())).isEmpty();
        assertThat(LocalPostgres.addressOfRunning(directory.path())).isEmpty();
    }

    @Test
    void comesBackOnTheSamePortWhenItsServerIsKilled() throws Exception {
        try (LocalPostgres server = Ground.start(directory)) {
            Rows rows = Rows.of(server.address());
            rows.add("committed");

            kill(Ground.postmasterPid(directory.path()));

            await().atMost(Duration.ofSeconds(30))
                    .ignoreExceptions()
                    .untilAsserted(() -> assertThat(rows.all()).containsExactly("committed"));
        }
    }

    @Test
    void postsAnotherWatchdogWhenTheFirstIsKilled() throws Exception {
        try (LocalPostgres server = Ground.start(directory)) {
            Path file = directory.path().resolve("postgres-watchdog.pid");
            String first = Files.readString(file);
            kill(Long.parseLong(first.strip()));

            server.ensureRunning();

            assertThat(Files.readString(file)).isNotEqualTo(first);
            assertThat(Ground.processes(directory.path())).hasSize(2);
        }
    }

    @Test
    void startsOverWhatAnInterruptedFirstStartLeft() throws Exception {
        Path half = directory.path().resolve("postgres/cluster.tmp");
        Files.createDirectories(half);
        Files.writeString(half.resolve("PG_VERSION"), "18\n");

        try (LocalPostgres server = Ground.start(directory)) {
            assertThat(Rows.of(server.address()).setting("fsync")).isEqualTo("on");
        }
    }

    @Test
    void sparesAStrangerWhoHasThePidOfAServerThatCrashed(@TempDir Path closed) throws Exception {
        Process stranger = new ProcessBuilder("sleep", "300").start();
        try (DataDirectory crashed = Ground.own(closed.resolve("data"))) {
            Ground.start(crashed).close();
            Path cluster = Ground.cluster(crashed.path());
            Files.writeString(
                    cluster.resolve("postmaster.pid"),
                    stranger.pid() + "\n" + cluster + "\n1\n20001\n\n127.0.0.1\n\nready\n");

            Ground.start(crashed).close();

            assertThat(stranger.isAlive()).isTrue();
        } finally {
            stranger.destroyForcibly();
        }
    }

    @Test
    void refusesADatabaseOfAnotherMajorVersion() throws Exception {
        Ground.start(directory).close();
        Files.writeString(Ground.cluster(directory.path()).resolve("PG_VERSION"), "17\n");

        assertThatThrownBy(() -> Ground.start(directory))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("holds a PostgreSQL 17 database")
                .hasMessageContaining("brings PostgreSQL 18");
    }

    @Test
    void saysSoWhenThePasswordIsGone() throws Exception {
        Ground.start(directory).close();
        Files.delete(directory.path().resolve("postgres.password"));

        assertThatThrownBy(() -> Ground.start(directory))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("password is gone");
    }

    @Test
    void refusesAPathThatThePostgresProgramsWouldTakeForAScript() {
        try (DataDirectory strange = Ground.own(folder.resolve("$(reboot)"))) {
            assertThatThrownBy(() -> Ground.start(strange))
                    .isInstanceOf(Failure.class)
                    .hasMessageContaining("dollar sign");
        }
    }

    private static void kill(long pid) {
        ProcessHandle process = ProcessHandle.of(pid).orElseThrow();
        process.destroyForcibly();
        await().until(() -> process.info().arguments().isEmpty() || !process.isAlive());
    }

    private String mode(String file) throws Exception {
        Path path = directory.path().resolve(file);
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
