package dev.ibid.journeys;

import static org.awaitility.Awaitility.await;

import dev.ibid.store.local.Address;
import dev.ibid.store.local.LocalPostgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/**
 * A look into the private database of a running server, and a hand on it: a trigger lets the server
 * wait in the middle of a chosen write for as long as a lock is held here.
 */
final class OwnDatabase implements AutoCloseable {

    private static final long LOCK = 4711;
    private static final Duration SOON = Duration.ofSeconds(60);

    private final Path dataDir;
    private final Connection connection;

    private OwnDatabase(Path dataDir, Connection connection) {
        this.dataDir = dataDir;
        this.connection = connection;
    }

    static OwnDatabase of(Path dataDir) {
        Address address = LocalPostgres.addressOfRunning(dataDir).orElseThrow();
        try {
            return new OwnDatabase(
                    dataDir,
                    DriverManager.getConnection(
                            address.jdbcUrl(), address.user(), address.password()));
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }

    /** From now on the server waits at this moment, until it is killed or {@link #letGo}. */
    void holdAt(Moment moment) {
        execute("select pg_advisory_lock(" + LOCK + ")");
        execute(
                """
                create or replace function held() returns trigger language plpgsql as $$
                begin
                    perform pg_advisory_xact_lock_shared(%d);
                    return coalesce(new, old);
                end $$\
                """
                        .formatted(LOCK));
        execute(moment.trigger());
    }

    /** Returns when the server stands still at the moment. */
    void awaitHeld() {
        await("held")
                .atMost(SOON)
                .pollInterval(Duration.ofMillis(10))
                .until(() ->
                        number(
                                        "select count(*) from pg_locks where locktype = 'advisory' and not granted")
                                > 0);
    }

    void letGo() {
        execute("select pg_advisory_unlock(" + LOCK + ")");
    }

    /** Triggers outlive the server that they held. */
    void forget() {
        execute("drop function if exists held cascade");
    }

    long number(String query) {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getLong(1);
        } catch (SQLException failed) {
            throw new IllegalStateException(query, failed);
        }
    }

    private void execute(String sql) {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException failed) {
            throw new IllegalStateException(sql, failed);
        }
    }

    /** kill -9 of PostgreSQL itself. */
    void killPostmaster() {
        try {
            Path file = dataDir.resolve("postgres/cluster/postmaster.pid");
            long pid = Long.parseLong(Files.readAllLines(file).getFirst().strip());
            ProcessHandle postmaster = ProcessHandle.of(pid).orElseThrow();
            postmaster.destroyForcibly();
            postmaster.onExit().join();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Its server may be dead, and the connection with it. */
    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException dead) {
            throw new IllegalStateException(dead);
        }
    }
}
