package dev.ibid.store.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.ibid.failure.Failure;

import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

class PostgresBinariesTest {

    @TempDir Path outside;
    private Path folder;

    @BeforeEach
    void create() throws IOException {
        folder = Files.createDirectory(outside.toRealPath().resolve("folder"));
    }

    @Test
    void keepsLinksAndTheRightToRun() throws IOException {
        TarArchiveInputStream tar =
                tar(
                        file("bin/run", 0755),
                        file("lib/lib.so.1", 0644),
                        link("lib/lib.so", "lib.so.1"));

        PostgresBinaries.unpack(tar, folder);

        assertThat(folder.resolve("bin/run")).isExecutable().hasContent("bin/run");
        assertThat(Files.getPosixFilePermissions(folder.resolve("lib/lib.so.1"))).hasSize(4);
        assertThat(Files.readSymbolicLink(folder.resolve("lib/lib.so"))).hasToString("lib.so.1");
    }

    @Test
    void refusesAFileOutsideItsFolder() throws IOException {
        TarArchiveInputStream tar = tar(file("lib/../../escaped", 0644));

        assertThatThrownBy(() -> PostgresBinaries.unpack(tar, folder))
                .isInstanceOf(IOException.class);
        assertThat(outside.resolve("escaped")).doesNotExist();
    }

    @Test
    void refusesALinkThatPointsOutside() throws IOException {
        TarArchiveInputStream tar = tar(link("lib/out", "../../elsewhere"));

        assertThatThrownBy(() -> PostgresBinaries.unpack(tar, folder))
                .isInstanceOf(IOException.class);
        assertThat(folder.resolve("lib/out")).doesNotExist();
    }

    @Test
    void writesNothingThroughALink() throws IOException {
        TarArchiveInputStream tar =
                tar(link("a", "."), link("up", "a/a/a/../../.."), file("up/escaped", 0644));

        assertThatThrownBy(() -> PostgresBinaries.unpack(tar, folder))
                .isInstanceOf(IOException.class);
        assertThat(outside.getParent().resolve("escaped")).doesNotExist();
    }

    @Test
    void pointsToDatabaseUrlOnAMachineThatItHasNoProgramsFor() {
        assertThatThrownBy(() -> PostgresBinaries.archive("Plan 9", "mips"))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("DATABASE_URL")
                .hasMessageContaining("Plan 9");
    }

    @Test
    void unpacksOnceAndClearsAwayWhatOtherArchivesLeft() throws IOException {
        List<String> steps = new ArrayList<>();
        PostgresBinaries.under(folder, steps::add);
        Files.createDirectory(folder.resolve("postgres-binaries-0ld"));
        Files.createDirectory(folder.resolve("postgres"));

        PostgresBinaries.under(folder, steps::add).deleteOthers();

        assertThat(steps).hasSize(1);
        try (var left = Files.list(folder)) {
            assertThat(left).hasSize(2).doesNotContain(folder.resolve("postgres-binaries-0ld"));
        }
    }

    private static TarArchiveEntry file(String name, int mode) {
        TarArchiveEntry entry = new TarArchiveEntry(name, true);
        entry.setMode(TarArchiveEntry.DEFAULT_FILE_MODE & ~0777 | mode);
        entry.setSize(name.getBytes(UTF_8).length);
        return entry;
    }

    private static TarArchiveEntry link(String name, String target) {
        TarArchiveEntry entry = new TarArchiveEntry(name, TarConstants.LF_SYMLINK);
        entry.setLinkName(target);
        return entry;
    }

    private static TarArchiveInputStream tar(TarArchiveEntry... entries) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes)) {
            for (TarArchiveEntry entry : entries) {
                tar.putArchiveEntry(entry);
                if (entry.getSize() > 0) {
                    tar.write(entry.getName().getBytes(UTF_8));
                }
                tar.closeArchiveEntry();
            }
        }
        return new TarArchiveInputStream(new ByteArrayInputStream(bytes.toByteArray()));
    }
}
