package dev.ibid;

import dev.ibid.config.DatabaseUrl;
import dev.ibid.config.Secret;
import dev.ibid.store.local.Address;
import dev.ibid.store.local.DataDirectory;
import dev.ibid.store.local.LocalPostgres;
import dev.ibid.store.postgres.Database;
import dev.ibid.store.postgres.DatabaseConfig;
import dev.ibid.store.postgres.Migrations;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

import org.jspecify.annotations.Nullable;

import java.util.Optional;
import java.util.function.Consumer;

/**
 * The database that a configuration means: the one that {@code DATABASE_URL} names, or a private
 * one in the data folder. The private one is started by whoever owns the folder; a command beside a
 * running server uses the server's and leaves it running.
 */
final class Storage implements AutoCloseable {

    private final Database database;
    private final @Nullable LocalPostgres own;
    private final @Nullable DataDirectory directory;

    private Storage(
            Database database, @Nullable LocalPostgres own, @Nullable DataDirectory directory) {
        this.database = database;
        this.own = own;
        this.directory = directory;
    }

    /** For a command: works beside a running server. */
    static Storage open(Configuration configuration, Consumer<String> progress) {
        if (configuration.database().isPresent()) {
            return configured(
                    configuration, configuration.database().get(), null, new SimpleMeterRegistry());
        }
        return switch (DataDirectory.own(configuration.folders().data())) {
            case DataDirectory.Owned owned ->
                    local(configuration, owned.directory(), progress, new SimpleMeterRegistry());
            case DataDirectory.OwnedByAnother another -> beside(configuration, another);
        };
    }

    /**
     * For a command that works on the indexes: only the owner of the data folder may open them, be
     * its database a private one or not.
     */
    static Storage forIndexes(Configuration configuration, Consumer<String> progress) {
        if (configuration.database().isEmpty()) {
            return open(configuration, progress);
        }
        DataDirectory directory =
                switch (DataDirectory.own(configuration.folders().data())) {
                    case DataDirectory.Owned owned -> owned.directory();
                    case DataDirectory.OwnedByAnother _ -> null;
                };
        return configured(
                configuration,
                configuration.database().get(),
                directory,
                new SimpleMeterRegistry());
    }

    /** Whether some process owns the data folder. */
    static boolean isOwned(Configuration configuration) {
        return switch (DataDirectory.own(configuration.folders().data())) {
            case DataDirectory.OwnedByAnother _ -> true;
            case DataDirectory.Owned owned -> {
                owned.directory().close();
                yield false;
            }
        };
    }

    /** For the server, which must own the data folder. */
    static Storage own(
            Configuration configuration, Consumer<String> progress, MeterRegistry meters) {
        return switch (DataDirectory.own(configuration.folders().data())) {
            case DataDirectory.OwnedByAnother another -> throw another.failure();
            case DataDirectory.Owned owned -> {
                Optional<DatabaseUrl> url = configuration.database();
                yield url.isPresent()
                        ? configured(configuration, url.get(), owned.directory(), meters)
                        : local(configuration, owned.directory(), progress, meters);
            }
        };
    }

    Database database() {
        return database;
    }

    /** Whether this process owns the data folder, and so may open the indexes. */
    boolean ownsFolder() {
        return directory != null;
    }

    /**
     * @return how many migrations were applied
     */
    int migrate() {
        return Migrations.up(database.dataSource());
    }

    /** Starts the private database again if it has died; does nothing for one that is not ours. */
    void ensureRunning() {
        if (own != null) {
            own.ensureRunning();
        }
    }

    @Override
    public void close() {
        database.close();
        if (own != null) {
            own.close();
        }
        if (directory != null) {
            directory.close();
        }
    }

    private static Storage configured(
            Configuration configuration,
            DatabaseUrl url,
            @Nullable DataDirectory directory,
            MeterRegistry meters) {
        DatabaseConfig config =
                config(configuration.pool(), url.jdbcUrl(), url.user(), url.password());
        return new Storage(new Database(config, meters), null, directory);
    }

    private static Storage local(
            Configuration configuration,
            DataDirectory directory,
            Consumer<String> progress,
            MeterRegistry meters) {
        try {
            LocalPostgres postgres = LocalPostgres.start(directory, progress);
            return new Storage(
                    new Database(config(configuration.pool(), postgres.address()), meters),
                    postgres,
                    directory);
        } catch (RuntimeException failed) {
            directory.close();
            throw failed;
        }
    }

    private static Storage beside(
            Configuration configuration, DataDirectory.OwnedByAnother another) {
        Address address = another.address().orElseThrow(another::failure);
        return new Storage(
                new Database(config(configuration.pool(), address), new SimpleMeterRegistry()),
                null,
                null);
    }

    private static DatabaseConfig config(Configuration.Pool pool, Address address) {
        return config(
                pool,
                address.jdbcUrl(),
                Optional.of(address.user()),
                Optional.of(new Secret(address.password())));
    }

    private static DatabaseConfig config(
            Configuration.Pool pool,
            String jdbcUrl,
            Optional<String> user,
            Optional<Secret> password) {
        return new DatabaseConfig(jdbcUrl, user, password, pool.min(), pool.max(), pool.timeout());
    }
}
