package dev.ibid.testing;

import org.junit.jupiter.api.extension.AnnotatedElementContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.io.TempDirFactory;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * Temporary folders below {@code target}, for whole data folders: they may be too large for {@code
 * /tmp}, and PostgreSQL must be able to enter them under another account.
 */
public final class RoomyFolder implements TempDirFactory {

    @Override
    public Path createTempDirectory(AnnotatedElementContext element, ExtensionContext test)
            throws Exception {
        Path folder =
                Files.createTempDirectory(
                        Files.createDirectories(Path.of("target", "ibid").toAbsolutePath()),
                        "process");
        return Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
