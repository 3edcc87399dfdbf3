package dev.ibid.store.postgres;

import dev.ibid.config.Secret;

import java.time.Duration;
import java.util.Optional;

/**
 * How the database is reached.
 *
 * @param poolMin connections opened at start
 * @param timeout how long to wait for a connection before saying that the database is unavailable
 */
public record DatabaseConfig(
        String jdbcUrl,
        Optional<String> user,
        Optional<Secret> password,
        int poolMin,
        int poolMax,
        Duration timeout) {

    public DatabaseConfig {
        if (poolMin < 1 || poolMax < poolMin) {
            throw new IllegalArgumentException(
                    "DATABASE_POOL_MAX must be at least DATABASE_POOL_MIN, which must be at least 1.");
        }
    }
}
