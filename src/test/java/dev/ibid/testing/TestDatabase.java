package dev.ibid.testing;

import dev.ibid.config.Secret;
import dev.ibid.store.local.DataDirectory;
import dev.ibid.store.local.LocalPostgres;
import dev.ibid.store.postgres.Database;
import dev.ibid.store.postgres.DatabaseConfig;
import dev.ibid.store.postgres.Migrations;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * Databases for tests: one real PostgreSQL for the whole run, started when it is first asked for,
 * and in it a fresh, migrated database for each test class that asks.
 */
public final class TestDatabase {

    private static final Logger log = LoggerFactory.getLogger(TestDatabase.class);
    private static final AtomicInteger NAMES = new AtomicInteger();
    private static final String TEMPLATE = "migrated";

    private static final class Shared {
        static final LocalPostgres SERVER = start();
    }

    private TestDatabase() {}

    /** A migrated, empty database of its own. To be closed by who asked for it. */
    public static Database fresh() {
        String name = "test" + NAMES.incrementAndGet();
        create(name, TEMPLATE);
        return open(url(Shared.SERVER, name), Shared.SERVER);
    }

    private static LocalPostgres start() {
        try {
            Path target = Files.createDirectories(Path.of("target"));
            Path programs = Files.createDirectories(target.resolve("postgres-programs"));
            Path data = Files.createTempDirectory(target, "postgres-");
            LocalPostgres server = LocalPostgres.start(own(data), programs, log::info);
            Runtime.getRuntime()
                    .addShutdownHook(new Thread(() -> remove(server, data), "test-database-end"));
            migrateTemplate(server);
            return server;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static void remove(LocalPostgres server, Path data) {
        server.close();
        try (Stream<Path> files = Files.walk(data)) {
            files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
        } catch (IOException left) {
            log.warn("{} was left behind", data, left);
        }
    }

    private static DataDirectory own(Path data) {
        return switch (DataDirectory.own(data)) {
            case DataDirectory.Owned owned -> owned.directory();
            case DataDirectory.OwnedByAnother another -> throw another.failure();
        };
    }

    private static void migrateTemplate(LocalPostgres server) {
        run(server, "create database " + TEMPLATE);
        try (Database template = open(url(server, TEMPLATE), server)) {
            Migrations.up(template.dataSource());
        }
    }

    private static void create(String name, String template) {
        run(Shared.SERVER, "create database " + name + " template " + template);
    }

    private static void run(LocalPostgres server, String sql) {
        try (Connection connection =
                        DriverManager.getConnection(
                                server.jdbcUrl(), server.user(), server.password());
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private static String url(LocalPostgres server, String database) {
        return server.jdbcUrl().replaceFirst("/[^/]*$", "/" + database);
    }

    private static Database open(String url, LocalPostgres server) {
        DatabaseConfig config =
                new DatabaseConfig(
                        url,
                        Optional.of(server.user()),
                        Optional.of(new Secret(server.password())),
                        1,
                        10,
                        Duration.ofSeconds(5));
        return new Database(config, new SimpleMeterRegistry());
    }
}
