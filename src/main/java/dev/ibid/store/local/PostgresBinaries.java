package dev.ibid.store.local;

import dev.ibid.failure.Failure;

import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The programs of PostgreSQL, unpacked once from the archive for this platform on the class path.
 * The folder's name carries the archive's checksum, so another archive gets another folder, and the
 * folder appears under that name only when it is whole.
 *
 * @param folder holds {@code bin}, {@code lib} and {@code share}
 */
record PostgresBinaries(Path folder) {

    private static final String PREFIX = "postgres-binaries-";
    private static final int OWNER_MAY_RUN = 0100;
    private static final Set<PosixFilePermission> FOR_ALL_TO_RUN =
            PosixFilePermissions.fromString("rwxr-xr-x");
    private static final Set<PosixFilePermission> FOR_ALL_TO_READ =
            PosixFilePermissions.fromString("rw-r--r--");

    String program(String name) {
        return folder.resolve("bin").resolve(name).toString();
    }

    /** Finds the programs below {@code parent}, or unpacks them there, which takes some seconds. */
    static PostgresBinaries under(Path parent, Consumer<String> progress) throws IOException {
        URL archive = archive(System.getProperty("os.name"), System.getProperty("os.arch"));
        Path folder = parent.resolve(PREFIX + checksum(archive));
        if (!Files.isDirectory(folder)) {
            progress.accept("Unpacking PostgreSQL, this once");
            unpack(archive, folder);
        }
        return new PostgresBinaries(folder);
    }

    /**
     * Deletes what earlier archives, or an unpacking that was cut short, left beside these
     * programs.
     */
    void deleteOthers() throws IOException {
        for (Path sibling : siblings()) {
            Folders.delete(sibling);
        }
    }

    private List<Path> siblings() throws IOException {
        try (Stream<Path> entries = Files.list(folder.resolveSibling(""))) {
            return entries.filter(entry -> entry.getFileName().toString().startsWith(PREFIX))
                    .filter(entry -> !entry.equals(folder))
                    .toList();
        }
    }

    static URL archive(String system, String architecture) {
        String name = "/postgres-" + system(system) + "-" + processor(architecture) + ".txz";
        URL archive = PostgresBinaries.class.getResource(name);
        if (archive == null) {
            throw Failure.of(
                    Failure.Kind.UNAVAILABLE,
                    "no_private_database",
                    "Ibid brings no PostgreSQL for "
                            + system
                            + " on "
                            + architecture
                            + ". Set DATABASE_URL to a PostgreSQL 18 of yours.");
        }
        return archive;
    }

    private static String system(String name) {
        return name.toLowerCase(Locale.ROOT).startsWith("mac")
                ? "darwin"
                : name.toLowerCase(Locale.ROOT);
    }

    private static String processor(String name) {
        return switch (name) {
            case "amd64", "x86_64" -> "x86_64";
            case "aarch64", "arm64" -> "arm_64";
            default -> name;
        };
    }

    private static String checksum(URL archive) throws IOException {
        URLConnection connection = archive.openConnection();
        long sum =
                connection instanceof JarURLConnection jar
                        ? jar.getJarEntry().getCrc()
                        : connection.getContentLengthLong();
        return Long.toHexString(sum);
    }

    private static void unpack(URL archive, Path folder) throws IOException {
        Path half =
                Files.createTempDirectory(folder.resolveSibling(""), folder.getFileName() + ".");
        try (InputStream packed = new BufferedInputStream(archive.openStream());
                TarArchiveInputStream tar =
                        new TarArchiveInputStream(new XZCompressorInputStream(packed))) {
            unpack(tar, half);
            Files.setPosixFilePermissions(half, FOR_ALL_TO_RUN);
            moveUnlessThere(half, folder);
        } finally {
            Folders.delete(half);
        }
    }

    static void unpack(TarArchiveInputStream tar, Path folder) throws IOException {
        TarArchiveEntry entry = tar.getNextEntry();
        while (entry != null) {
            unpack(entry, tar, folder);
            entry = tar.getNextEntry();
        }
    }

    private static void unpack(TarArchiveEntry entry, InputStream content, Path folder)
            throws IOException {
        Path target = inside(folder, folder.resolve(entry.getName()));
        if (entry.isDirectory()) {
            createFolder(target, folder);
            return;
        }
        createFolder(target.resolveSibling(""), folder);
        if (entry.isSymbolicLink()) {
            inside(folder, target.resolveSibling(entry.getLinkName()));
            Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
        } else if (entry.isFile()) {
            Files.copy(content, target);
            boolean runs = (entry.getMode() & OWNER_MAY_RUN) != 0;
            Files.setPosixFilePermissions(target, runs ? FOR_ALL_TO_RUN : FOR_ALL_TO_READ);
        } else {
            throw new IOException("The archive holds something else than files: " + target);
        }
    }

    /**
     * Every level gets its mode by hand, for this process's umask may hide it from the server's
     * account. A level that is a symbolic link is refused, so nothing is ever written through one.
     */
    private static void createFolder(Path wanted, Path root) throws IOException {
        Path folder = wanted.normalize();
        if (folder.equals(root) || Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        createFolder(folder.resolve(".."), root);
        Files.createDirectory(folder);
        Files.setPosixFilePermissions(folder, FOR_ALL_TO_RUN);
    }

    private static Path inside(Path folder, Path path) throws IOException {
        Path target = path.normalize();
        if (!target.startsWith(folder)) {
            throw new IOException("The archive reaches out of its folder: " + path);
        }
        return target;
    }

    /** Another process that shares the folder may have been faster; then its copy is as good. */
    private static void moveUnlessThere(Path half, Path folder) throws IOException {
        try {
            Files.move(half, folder, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            if (!Files.isDirectory(folder)) {
                throw e;
            }
        }
    }
}
