package dev.ibid.store.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

class KilledServerTest {

    private static final Duration SOME_SECONDS = Duration.ofSeconds(20);

    @TempDir(factory = OpenFolder.class)
    Path folder;

    private Path path;

    @BeforeEach
    void choose() {
        path = folder.resolve("data");
    }

    @Test
    void isFoundByASecondCommandWhileItRuns() throws Exception {
        try (KillableServer server = KillableServer.launchAndAwait(path)) {
            Address address = LocalPostgres.addressOfRunning(path).orElseThrow();

            List<String> rows = Rows.of(address).all();

            assertThat(rows).containsExactly(ServerProcess.ROW);
            assertThat(DataDirectory.own(path))
                    .isInstanceOfSatisfying(
                            DataDirectory.OwnedByAnother.class,
                            another -> {
                                assertThat(another.pid()).hasValue(server.process().pid());
                                assertThat(another.address()).hasValue(address);
                            });
        }
    }

    @Test
    void leavesNoDatabaseRunningAndNoRowBehind() throws Exception {
        KillableServer server = KillableServer.launchAndAwait(path);

        server.kill();

        await().atMost(SOME_SECONDS).until(() -> Ground.processes(path).isEmpty());
        assertThat(LocalPostgres.addressOfRunning(path)).isEmpty();
        assertThatTheRowIsThereOnTheNextStart();
    }

    @Test
    void startsAgainAtOnceAfterItWasKilled() throws Exception {
        KillableServer server = KillableServer.launchAndAwait(path);

        server.kill();

        assertThatTheRowIsThereOnTheNextStart();
    }

    @Test
    void startsOverAnOrphanThatNobodyStopped() throws Exception {
        KillableServer server = KillableServer.launchAndAwait(path);
        long orphan = Ground.postmasterPid(path);
        long watchdog =
                Long.parseLong(Files.readString(path.resolve("postgres-watchdog.pid")).strip());
        server.freeze();
        ProcessHandle.of(watchdog).ifPresent(ProcessHandle::destroyForcibly);
        await().until(() -> Ground.processes(path).size() == 1);

        server.kill();

        assertThat(Ground.processes(path)).extracting(ProcessHandle::pid).containsOnly(orphan);
        assertThatTheRowIsThereOnTheNextStart();
        assertThat(Ground.processes(path)).isEmpty();
    }

    @Test
    void stopsItsDatabaseWhenItEndsByItself() throws Exception {
        KillableServer server = KillableServer.launchAndAwait(path);

        server.close();

        assertThat(server.process().exitValue()).isZero();
        await().atMost(SOME_SECONDS).until(() -> Ground.processes(path).isEmpty());
        assertThat(path.resolve("postgres.address")).doesNotExist();
    }

    private void assertThatTheRowIsThereOnTheNextStart() throws Exception {
        try (DataDirectory directory = Ground.own(path);
                LocalPostgres next = Ground.start(directory)) {
            assertThat(Rows.of(next.address()).all()).containsExactly(ServerProcess.ROW);
        }
    }
}
