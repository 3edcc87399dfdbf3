package dev.ibid.config;

import org.jspecify.annotations.Nullable;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A database address as people write it, {@code
 * postgresql://user:password@host:5432/name?sslmode=require}, in the form the driver wants.
 *
 * @param jdbcUrl without user and password
 */
public record DatabaseUrl(String jdbcUrl, Optional<String> user, Optional<Secret> password) {

    private static final Set<String> SCHEMES =
            Set.of(
                    "postgres",
                    "postgresql",
                    "postgresql+asyncpg",
                    "postgresql+psycopg",
                    "postgresql+psycopg2");

    /** Options of other drivers' pools; ours has settings of its own. */
    private static final Set<String> FOREIGN_OPTIONS =
            Set.of("pool_size", "max_overflow", "pool_timeout", "prepared_statement_cache_size");

    /**
     * @throws IllegalArgumentException when the text is no address of a PostgreSQL database
     */
    public static DatabaseUrl parse(String text) {
        URI uri = URI.create(text.startsWith("jdbc:") ? text.substring(5) : text);
        if (uri.getScheme() == null
                || !SCHEMES.contains(uri.getScheme())
                || uri.getHost() == null
                || uri.getPath().length() < 2) {
            throw new IllegalArgumentException("not a PostgreSQL address");
        }
        String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
        String[] account =
                uri.getRawUserInfo() == null ? new String[0] : uri.getRawUserInfo().split(":", 2);
        return new DatabaseUrl(
                "jdbc:postgresql://"
                        + uri.getHost()
                        + port
                        + uri.getRawPath()
                        + options(uri.getRawQuery()),
                part(account, 0),
                part(account, 1).map(Secret::new));
    }

    private static Optional<String> part(String[] account, int at) {
        return account.length <= at
                ? Optional.empty()
                : Optional.of(
                        URLDecoder.decode(account[at].replace("+", "%2B"), StandardCharsets.UTF_8));
    }

    private static String options(@Nullable String query) {
        if (query == null) {
            return "";
        }
        String kept =
                Arrays.stream(query.split("&"))
                        .filter(option -> !FOREIGN_OPTIONS.contains(option.split("=", 2)[0]))
                        .map(option ->
                                option.startsWith("ssl=")
                                        ? "sslmode=" + option.substring(4)
                                        : option)
                        .collect(Collectors.joining("&"));
        return kept.isEmpty() ? "" : "?" + kept;
    }
}
