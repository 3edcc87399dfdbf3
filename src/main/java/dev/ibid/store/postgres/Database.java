package dev.ibid.store.postgres;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;

import dev.ibid.failure.Failure;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.postgres.PostgresPlugin;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

import javax.sql.DataSource;

/**
 * The connection pool. Work is named, timed and run on the caller's virtual thread; a database that
 * cannot be reached becomes a {@link Failure} of kind UNAVAILABLE, and a transaction that lost a
 * race with another is tried again.
 */
public final class Database implements AutoCloseable {

    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);
    private static final Set<String> LOST_RACES = Set.of("40001", "40P01");
    private static final int MOST_TRIES = 4;

    private final HikariDataSource pool;
    private final Jdbi jdbi;
    private final MeterRegistry meters;

    public Database(DatabaseConfig config, MeterRegistry meters) {
        this.pool = new HikariDataSource(pool(config));
        this.jdbi = Jdbi.create(pool).installPlugin(new PostgresPlugin());
        this.meters = meters;
    }

    /** Work that only reads, outside a transaction. */
    public <T> T read(String name, HandleCallback<T, RuntimeException> work) {
        return timed(name, () -> jdbi.withHandle(work));
    }

    /**
     * Work in one transaction: all of it is committed when this returns, or none of it when it
     * throws.
     */
    public <T> T write(String name, HandleCallback<T, RuntimeException> work) {
        return timed(name, () -> retrying(work));
    }

    public DataSource dataSource() {
        return pool;
    }

    @Override
    public void close() {
        pool.close();
    }

    private <T> T retrying(HandleCallback<T, RuntimeException> work) {
        for (int attempt = 1; ; attempt++) {
            try {
                return jdbi.inTransaction((Handle handle) -> work.withHandle(handle));
            } catch (JdbiException failure) {
                if (attempt == MOST_TRIES || !LOST_RACES.contains(sqlState(failure))) {
                    throw failure;
                }
                pause(attempt);
            }
        }
    }

    private <T> T timed(String name, java.util.function.Supplier<T> work) {
        Timer.Sample sample = Timer.start(meters);
        try {
            return work.get();
        } catch (ConnectionException unreachable) {
            throw unavailable(unreachable);
        } catch (JdbiException failure) {
            throw isOurs(sqlState(failure)) ? failure : unavailable(failure);
        } finally {
            sample.stop(
                    Timer.builder("database.query")
                            .description("A named piece of work in the database")
                            .tag("query", name)
                            .register(meters));
        }
    }

    private static Failure unavailable(Throwable cause) {
        return Failure.unavailable(
                "The database cannot be reached right now. Try again in a few seconds.",
                RETRY_AFTER,
                cause);
    }

    /**
     * Connection exceptions (08), insufficient resources (53), operator intervention (57) and
     * system errors (58) are the neighbour's.
     */
    private static boolean isOurs(String sqlState) {
        return !sqlState.matches("(08|53|57|58).*");
    }

    static String sqlState(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && sql.getSQLState() != null) {
                return sql.getSQLState();
            }
        }
        return "";
    }

    private static void pause(int attempt) {
        try {
            Thread.sleep(ThreadLocalRandom.current().nextLong(5, 20L << attempt));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static HikariConfig pool(DatabaseConfig config) {
        HikariConfig pool = new HikariConfig();
        pool.setPoolName("database");
        pool.setJdbcUrl(config.jdbcUrl());
        config.user().ifPresent(pool::setUsername);
        config.password().ifPresent(password -> pool.setPassword(password.value()));
        pool.setMinimumIdle(config.poolMin());
        pool.setMaximumPoolSize(config.poolMax());
        pool.setConnectionTimeout(config.timeout().toMillis());
        pool.setInitializationFailTimeout(-1);
        pool.setKeepaliveTime(Duration.ofSeconds(30).toMillis());
        pool.addDataSourceProperty("tcpKeepAlive", "true");
        pool.addDataSourceProperty("connectTimeout", Math.max(1, config.timeout().toSeconds()));
        pool.addDataSourceProperty("socketTimeout", config.timeout().toSeconds() * 4);
        pool.addDataSourceProperty(
                "options", "-c statement_timeout=" + config.timeout().toMillis() * 2);
        pool.addDataSourceProperty("ApplicationName", "ibid");
        return pool;
    }
}
