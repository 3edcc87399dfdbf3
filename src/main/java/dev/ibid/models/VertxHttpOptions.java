package dev.ibid.models;

import io.vertx.core.net.ProxyOptions;
import io.vertx.core.net.TrustOptions;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.List;

/**
 * The bounds of the wire to one provider.
 *
 * @param connections sockets open at once to one host; each call that streams holds one
 * @param waiting calls that may wait for a socket; one more is refused
 * @param connectTimeout for the TCP and TLS handshake
 * @param readTimeout without a single byte: from the request to the first one, and between two
 * @param maxLine bytes of one line of a stream
 * @param maxBody bytes of an answer that is not a stream
 * @param direct hosts that are reached without the proxy
 * @param trust the certificates to trust instead of the platform's
 */
public record VertxHttpOptions(
        int connections,
        int waiting,
        Duration connectTimeout,
        Duration readTimeout,
        int maxLine,
        int maxBody,
        @Nullable ProxyOptions proxy,
        List<String> direct,
        @Nullable TrustOptions trust) {

    public VertxHttpOptions {
        if (connections < 1 || waiting < 0 || maxLine < 1 || maxBody < 1) {
            throw new IllegalArgumentException(
                    "the bounds of the wire to a provider must be positive");
        }
        direct = List.copyOf(direct);
    }

    public static VertxHttpOptions defaults() {
        return new VertxHttpOptions(
                2000,
                2000,
                Duration.ofSeconds(4),
                Duration.ofSeconds(60),
                4 << 20,
                32 << 20,
                null,
                List.of(),
                null);
    }

    public VertxHttpOptions withTimeouts(Duration connect, Duration read) {
        return new VertxHttpOptions(
                connections, waiting, connect, read, maxLine, maxBody, proxy, direct, trust);
    }

    public VertxHttpOptions withConnections(int connections, int waiting) {
        return new VertxHttpOptions(
                connections,
                waiting,
                connectTimeout,
                readTimeout,
                maxLine,
                maxBody,
                proxy,
                direct,
                trust);
    }

    public VertxHttpOptions withBounds(int maxLine, int maxBody) {
        return new VertxHttpOptions(
                connections,
                waiting,
                connectTimeout,
                readTimeout,
                maxLine,
                maxBody,
                proxy,
                direct,
                trust);
    }

    public VertxHttpOptions withProxy(@Nullable ProxyOptions proxy, List<String> direct) {
        return new VertxHttpOptions(
                connections,
                waiting,
                connectTimeout,
                readTimeout,
                maxLine,
                maxBody,
                proxy,
                direct,
                trust);
    }

    public VertxHttpOptions withTrust(@Nullable TrustOptions trust) {
        return new VertxHttpOptions(
                connections,
                waiting,
                connectTimeout,
                readTimeout,
                maxLine,
                maxBody,
                proxy,
                direct,
                trust);
    }
}
