package dev.ibid.store.local;

import dev.ibid.failure.Failure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Makes the cluster, or checks that the one that is there fits. It is made under another name and
 * takes its own when it is whole.
 *
 * @param home the server's folder, owned by its account
 * @param passwordFile beside that folder, where the account cannot write
 */
record ClusterFiles(
        Path home,
        Path passwordFile,
        ServerAccount account,
        Commands commands,
        PostgresBinaries binaries) {

    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final int PASSWORD_BYTES = 32;
    private static final Pattern MAJOR = Pattern.compile("PostgreSQL\\) (\\d+)");

    Cluster open(Consumer<String> progress) throws IOException {
        Path folder = home.resolve("cluster");
        if (Files.exists(folder)) {
            requireSameMajor(Files.readString(folder.resolve("PG_VERSION")).strip());
        } else {
            progress.accept("Making the private database, this once");
            make(folder);
        }
        return new Cluster(folder, password());
    }

    private void make(Path folder) throws IOException {
        Path half = home.resolve("cluster.tmp");
        Folders.delete(half);
        PrivateFile.write(passwordFile, newPassword());
        initialise(half);
        createDatabase(half);
        Files.move(half, folder, StandardCopyOption.ATOMIC_MOVE);
    }

    /**
     * The builtin locale does not change with the machine's C library, under which an index would
     * silently go wrong.
     */
    private void initialise(Path half) throws IOException {
        Path copy = passwordFile.resolveSibling("postgres-initdb.tmp");
        try {
            PrivateFile.write(copy, password());
            hand(copy);
            commands.run(
                            LIMIT,
                            binaries.program("initdb"),
                            "--pgdata=" + half,
                            "--username=" + Cluster.USER,
                            "--auth=scram-sha-256",
                            "--pwfile=" + copy,
                            "--encoding=UTF8",
                            "--locale=C.UTF-8",
                            "--lc-messages=C",
                            "--locale-provider=builtin",
                            "--builtin-locale=C.UTF-8")
                    .orThrow("initdb");
        } finally {
            Files.deleteIfExists(copy);
        }
    }

    /** In single-user mode, so that a cluster without our database never gets its name. */
    private void createDatabase(Path half) throws IOException {
        Path statement = passwordFile.resolveSibling("postgres-create.tmp");
        try {
            PrivateFile.write(statement, "CREATE DATABASE " + Address.DATABASE + "\n");
            commands.run(
                            LIMIT,
                            statement.toFile(),
                            binaries.program("postgres"),
                            "--single",
                            "-D",
                            half.toString(),
                            "-c",
                            "exit_on_error=on",
                            "postgres")
                    .orThrow("postgres --single");
        } finally {
            Files.deleteIfExists(statement);
        }
    }

    /**
     * The copy lies in a folder that the account cannot write, so the account cannot swap it for a
     * link to something else.
     */
    private void hand(Path file) throws IOException {
        Files.setAttribute(file, "unix:gid", account.gid(), LinkOption.NOFOLLOW_LINKS);
        Files.setAttribute(file, "unix:uid", account.uid(), LinkOption.NOFOLLOW_LINKS);
    }

    private static String newPassword() {
        byte[] bytes = new byte[PASSWORD_BYTES];
        new SecureRandom().nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private String password() throws IOException {
        if (!Files.exists(passwordFile)) {
            throw failure(
                    "The data directory holds a database, but the file with its password is gone."
                            + " Restore "
                            + passwordFile.getFileName()
                            + " from a back-up of the data directory.");
        }
        return Files.readString(passwordFile).strip();
    }

    private void requireSameMajor(String found) throws IOException {
        String ours = major();
        if (!ours.equals(found)) {
            throw failure(
                    "The data directory holds a PostgreSQL "
                            + found
                            + " database, and this version of Ibid brings PostgreSQL "
                            + ours
                            + ". Make a back-up with the version of Ibid that wrote it, and restore"
                            + " that into a new data directory.");
        }
    }

    private String major() throws IOException {
        String version =
                commands.run(LIMIT, binaries.program("postgres"), "--version")
                        .orThrow("postgres --version")
                        .output();
        Matcher matcher = MAJOR.matcher(version);
        if (!matcher.find()) {
            throw new IOException("postgres --version printed " + version);
        }
        return matcher.group(1);
    }

    private static Failure failure(String detail) {
        return Failure.of(Failure.Kind.UNAVAILABLE, "private_database", detail);
    }
}
