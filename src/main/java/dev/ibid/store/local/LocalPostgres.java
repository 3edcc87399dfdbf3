package dev.ibid.store.local;

import dev.ibid.failure.Failure;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A PostgreSQL server of our own, on a free port of the loopback interface, its files in the data
 * directory. It runs until it is closed or this process ends, however it ends; when it dies by
 * itself it is started again on the same port.
 */
public final class LocalPostgres implements AutoCloseable {

    /** How many it takes at the same time, its administrator's included. */
    public static final int CONNECTIONS = 50;

    private static final Logger log = LoggerFactory.getLogger(LocalPostgres.class);

    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

    private final Postmaster postmaster;
    private final Watchdog watchdog;
    private final Address address;
    private final Path addressFile;
    private final CountDownLatch closing = new CountDownLatch(1);

    LocalPostgres(Postmaster postmaster, Watchdog watchdog, Address address, Path addressFile) {
        this.postmaster = postmaster;
        this.watchdog = watchdog;
        this.address = address;
        this.addressFile = addressFile;
        Thread.ofVirtual().name("postgres-keeper").start(this::keepRunning);
    }

    /**
     * Returns when the server takes connections: the first time after some seconds, later after
     * some tenths.
     *
     * @param progress receives a sentence at the start of each step that takes a while
     */
    public static LocalPostgres start(DataDirectory directory, Consumer<String> progress) {
        return start(directory, directory.path(), progress);
    }

    /**
     * The same with the programs unpacked below {@code programs}, an existing folder that several
     * data directories may share.
     */
    public static LocalPostgres start(
            DataDirectory directory, Path programs, Consumer<String> progress) {
        try {
            return new Starting(directory.path(), directory.addressFile(), progress)
                    .start(programs.toRealPath());
        } catch (IOException e) {
            throw failure(e);
        }
    }

    /**
     * Where the server of a data directory listens that another process owns; empty when there is
     * no such process, or its server is not up.
     */
    public static Optional<Address> addressOfRunning(Path dataDirectory) {
        return DataDirectory.addressOfRunning(dataDirectory);
    }

    public Address address() {
        return address;
    }

    public String jdbcUrl() {
        return address.jdbcUrl();
    }

    public String user() {
        return address.user();
    }

    public String password() {
        return address.password();
    }

    /**
     * Starts the server again if it has died. This happens by itself within seconds; who cannot
     * wait may ask.
     */
    public synchronized void ensureRunning() {
        if (closing.getCount() == 0) {
            return;
        }
        try {
            watchdog.ensurePosted();
            if (postmaster.running().isEmpty()) {
                log.warn("The private database died and is started again");
                postmaster.start(address.port());
            }
        } catch (IOException e) {
            throw failure(e);
        }
    }

    /**
     * Stops the server without waiting for its clients; what was committed is on disk. Again is
     * harmless.
     */
    @Override
    public synchronized void close() {
        if (closing.getCount() == 0) {
            return;
        }
        closing.countDown();
        try {
            postmaster.stop();
            watchdog.dismiss();
            Files.deleteIfExists(addressFile);
        } catch (IOException e) {
            throw failure(e);
        }
    }

    private void keepRunning() {
        boolean well = true;
        while (!closesWithin(LOOK_EVERY)) {
            try {
                ensureRunning();
                well = true;
            } catch (Failure e) {
                if (well) {
                    log.error("The private database cannot be started again yet", e);
                }
                well = false;
            }
        }
    }

    private boolean closesWithin(Duration time) {
        try {
            return closing.await(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    private static Failure failure(IOException e) {
        return Failure.of(
                        Failure.Kind.UNAVAILABLE,
                        "private_database",
                        "The private database does not start or stop as it should. The file"
                                + " server.log in the postgres folder of the data directory says more;"
                                + " DATABASE_URL would use a PostgreSQL of yours instead.")
                .causedBy(e);
    }
}
