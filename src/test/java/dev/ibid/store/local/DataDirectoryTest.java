package dev.ibid.store.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ibid.failure.Failure;
import dev.ibid.store.local.DataDirectory.Owned;
import dev.ibid.store.local.DataDirectory.OwnedByAnother;
import dev.ibid.store.local.DataDirectory.Ownership;

import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

class DataDirectoryTest {

    @TempDir Path folder;

    @Test
    void createsTheDirectoryForItsOwnerAlone() throws Exception {
        Path path = folder.resolve("some/where");

        try (DataDirectory directory = Ground.own(path)) {
            assertThat(directory.path()).isEqualTo(path.toRealPath());
            assertThat(mode(path)).isEqualTo("rwx------");
        }
    }

    @Test
    void closesAnEmptyDirectoryToOthers() throws Exception {
        Path path = withMode("rwxr-xr-x");

        Ground.own(path).close();

        assertThat(mode(path)).isEqualTo("rwx------");
    }

    @Test
    void leavesTheModeOfADirectoryThatHoldsSomething() throws Exception {
        Path path = withMode("rwxr-xr-x");
        Files.writeString(path.resolve("letter.txt"), "mine");

        Ground.own(path).close();

        assertThat(mode(path)).isEqualTo("rwxr-xr-x");
    }

    @Test
    void refusesASecondOwnerAndNamesTheFirst() {
        Path path = folder.resolve("data");
        try (DataDirectory first = Ground.own(path)) {

            Ownership second = DataDirectory.own(first.path());

            assertThat(second).isInstanceOf(OwnedByAnother.class);
            assertThat(((OwnedByAnother) second).failure())
                    .hasMessageContaining("process " + ProcessHandle.current().pid());
        }
    }

    @Test
    void canBeOwnedAgainAfterItWasClosed() {
        Path path = folder.resolve("data");
        DataDirectory first = Ground.own(path);
        first.close();
        first.close();

        Ownership second = DataDirectory.own(path);

        assertThat(second).isInstanceOf(Owned.class);
        ((Owned) second).directory().close();
    }

    @Test
    void keepsTheLockWhenItsOwnProcessLooksWhoHasIt() throws Exception {
        Path path = folder.resolve("data");
        try (DataDirectory owned = Ground.own(path)) {
            LocalPostgres.addressOfRunning(owned.path());
            DataDirectory.own(owned.path());

            try (KillableServer other = KillableServer.launch(path)) {
                assertThat(other.firstLine()).contains("is in use by process");
            }
        }
    }

    @Test
    void saysSoWhenTheDirectoryCannotBeMade() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "not a folder");

        Assertions.assertThatThrownBy(() -> DataDirectory.own(file.resolve("data")))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("DATA_DIR");
    }

    private Path withMode(String mode) throws Exception {
        Path path = Files.createDirectory(folder.resolve("data"));
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
        return path;
    }

    private static String mode(Path path) throws Exception {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
