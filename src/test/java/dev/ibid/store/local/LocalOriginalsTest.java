package dev.ibid.store.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ibid.documents.Originals;
import dev.ibid.documents.Originals.Received;
import dev.ibid.failure.Failure;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

final class LocalOriginalsTest {

    private static final UUID INSTALLATION = UUID.randomUUID();
    private static final Duration HOUR = Duration.ofHours(1);

    @TempDir private Path folder;

    private LocalOriginals originals;

    @BeforeEach
    void open() throws IOException {
        originals = LocalOriginals.of(INSTALLATION, folder.resolve("originals"));
    }

    @Test
    void keepsWhatItReceivedAndItsHash() throws IOException {
        String name = UUID.randomUUID().toString();
        Received received = receive("abc", 3);

        originals.keep(received, name);

        assertThat(originals.readable(name)).hasContent("abc");
        assertThat(received.bytes()).isEqualTo(3);
        assertThat(HexFormat.of().formatHex(received.sha256()))
                .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }

    @Test
    void leavesNothingOfWhatIsTooLarge() throws IOException {
        assertThatThrownBy(() -> receive("abcd", 3)).isInstanceOf(Originals.TooLarge.class);

        assertThat(files()).isEmpty();
    }

    @Test
    void leavesNothingOfWhatBreaksOff() throws IOException {
        InputStream broken =
                new InputStream() {
                    @Override
                    public int read() throws IOException {
                        throw new IOException("the client left");
                    }
                };

        assertThatThrownBy(() -> originals.receive(broken, 10)).hasMessage("the client left");

        assertThat(files()).isEmpty();
    }

    @Test
    void letsNobodyElseReadWhatItKeeps() throws IOException {
        String name = UUID.randomUUID().toString();
        originals.keep(receive("abc", 3), name);

        Path file = originals.path(name);

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.getParent())))
                .isEqualTo("rwx------");
    }

    @Test
    void namesOnlyOldOnesOfItsOwn() throws IOException {
        String old = UUID.randomUUID().toString();
        originals.keep(receive("old", 3), old);
        originals.keep(receive("new", 3), UUID.randomUUID().toString());
        Path stranger = Files.writeString(originals.path(old).resolveSibling("a"), "?");
        for (Path file : List.of(originals.path(old), stranger)) {
            Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(HOUR.plus(HOUR))));
        }

        assertThat(originals.olderThan(HOUR)).containsExactly(old);
    }

    @Test
    void refusesTheFolderOfAnotherDatabase() throws IOException {
        String name = UUID.randomUUID().toString();
        originals.keep(receive("abc", 3), name);

        assertThatThrownBy(() -> LocalOriginals.of(UUID.randomUUID(), folder.resolve("originals")))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("UPLOAD_DIR");

        assertThat(LocalOriginals.of(INSTALLATION, folder.resolve("originals")).readable(name))
                .hasContent("abc");
    }

    private Received receive(String text, long limit) throws IOException {
        return originals.receive(
                new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), limit);
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile)
                    .filter(file -> !file.endsWith("installation"))
                    .toList();
        }
    }
}
