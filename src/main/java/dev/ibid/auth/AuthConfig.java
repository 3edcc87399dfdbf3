package dev.ibid.auth;

import dev.ibid.config.Secret;
import dev.ibid.config.Settings;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * How people prove who they are.
 *
 * @param production registration is closed until there is an administrator
 * @param previousSecret still accepted, never used to sign
 */
public record AuthConfig(
        boolean production,
        JwtAlgorithm algorithm,
        Secret secret,
        Optional<Secret> previousSecret,
        Duration accessTokenLife,
        SessionLimits sessions) {

    private static final Duration PARALLEL_REFRESH = Duration.ofSeconds(10);
    private static final Duration SHORTEST_TIMEOUT = Duration.ofMinutes(5);

    /**
     * Reads the settings of this room, and notes what is wrong with them.
     *
     * @param dataDir where local mode keeps the secret that it makes for itself
     */
    public static AuthConfig from(Settings settings, boolean production, Path dataDir) {
        JwtAlgorithm algorithm =
                settings.choice("JWT_ALGORITHM", JwtAlgorithm.class, "How tokens are signed.")
                        .alias("ALGORITHM")
                        .or(JwtAlgorithm.HS256);
        SigningSecrets secrets = new SigningSecrets(settings, algorithm);
        return new AuthConfig(
                production,
                algorithm,
                secrets.current(production, dataDir),
                secrets.previous(),
                accessTokenLife(settings),
                new SessionLimits(
                        sessionLife(settings), sessionTimeout(settings), PARALLEL_REFRESH));
    }

    private static Duration accessTokenLife(Settings settings) {
        return Duration.ofMinutes(
                settings.integer("ACCESS_TOKEN_EXPIRE_MINUTES", "How long an access token is good.")
                        .where(minutes -> minutes >= 1 && minutes <= 1440, "from 1 to 1440")
                        .or(30));
    }

    private static Duration sessionLife(Settings settings) {
        return Duration.ofDays(
                settings.integer(
                                "REFRESH_TOKEN_EXPIRE_DAYS",
                                "Days after which a person must sign in again.")
                        .alias("JWT_EXPIRATION_DAYS")
                        .where(days -> days >= 1 && days <= 365, "from 1 to 365")
                        .or(7));
    }

    private static Duration sessionTimeout(Settings settings) {
        return settings.duration("SESSION_TIMEOUT", "How long a login may go unused.")
                .where(time -> time.compareTo(SHORTEST_TIMEOUT) >= 0, "at least 5m")
                .or(Duration.ofHours(24));
    }
}
