package dev.ibid.store.local;

import dev.ibid.failure.Failure;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** The way from an owned data directory to a server that takes connections. */
record Starting(Path dataDirectory, Path addressFile, Consumer<String> progress) {

    private static final Logger log = LoggerFactory.getLogger(Starting.class);

    private static final int ATTEMPTS = 5;
    private static final Duration PAUSE = Duration.ofMillis(250);

    /** PostgreSQL's own programs hand paths to a shell, in double quotes. */
    private static final Pattern SAFE_PATH = Pattern.compile("[^\"$`\\\\\\p{Cntrl}]*");

    LocalPostgres start(Path programs) throws IOException {
        requireSafePath(dataDirectory);
        requireSafePath(programs);
        Files.deleteIfExists(addressFile);
        PostgresBinaries binaries = PostgresBinaries.under(programs, progress);
        Path home = home();
        Commands own = new Commands(List.of(), dataDirectory, at("postgres-command.log"));
        AccountTrial trial =
                new AccountTrial(dataDirectory, home, binaries.program("postgres"), own);
        ServerAccount account = ServerAccount.choose(trial);
        Commands commands = own.as(account.prefix(), home);
        Cluster cluster =
                new ClusterFiles(home, at("postgres.password"), account, commands, binaries)
                        .open(progress);
        LocalPostgres server =
                start(new Postmaster(commands, binaries, cluster.folder()), commands, cluster);
        if (programs.equals(dataDirectory)) {
            binaries.deleteOthers();
        }
        return server;
    }

    private LocalPostgres start(Postmaster postmaster, Commands commands, Cluster cluster)
            throws IOException {
        Path watchdogFile = at("postgres-watchdog.pid");
        Watchdog.dismissEarlier(watchdogFile, cluster.folder());
        postmaster.stop();
        progress.accept("Starting the private database");
        Watchdog watchdog = Watchdog.over(commands, watchdogFile, postmaster.stopCommand("fast"));
        try {
            Address address =
                    new Address(startOnFreePort(postmaster), Cluster.USER, cluster.password());
            address.write(addressFile);
            return new LocalPostgres(postmaster, watchdog, address, addressFile);
        } catch (IOException e) {
            postmaster.stop();
            watchdog.dismiss();
            throw e;
        }
    }

    /**
     * Somebody may take the port in between, and the last processes of a killed server may still be
     * leaving.
     */
    private static int startOnFreePort(Postmaster postmaster) throws IOException {
        for (int attempt = 1; ; attempt++) {
            int port = Postmaster.freePort();
            try {
                postmaster.start(port);
                return port;
            } catch (IOException e) {
                if (attempt == ATTEMPTS) {
                    throw e;
                }
                log.info("The private database did not start at attempt {}", attempt, e);
                pause(PAUSE.multipliedBy(1L << attempt));
                postmaster.stop();
            }
        }
    }

    private static void pause(Duration time) throws IOException {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while the server was starting", e);
        }
    }

    private Path home() throws IOException {
        Path home = at("postgres");
        if (!Files.isDirectory(home)) {
            Files.createDirectory(home, PrivateFile.mode("rwx------"));
        }
        return home;
    }

    private Path at(String name) {
        return dataDirectory.resolve(name);
    }

    private static void requireSafePath(Path path) {
        if (!SAFE_PATH.matcher(path.toString()).matches()) {
            throw Failure.invalid(
                    "DATA_DIR",
                    "The path of the data directory holds a quote, a dollar sign, a backquote, a"
                            + " backslash or a control character, which PostgreSQL cannot take."
                            + " Choose another with DATA_DIR.");
        }
    }
}
