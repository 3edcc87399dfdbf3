package dev.ibid.http;

import dev.ibid.config.Settings;

import java.util.List;

/**
 * Where the door listens and whom it lets in.
 *
 * @param port 0 for any free one
 * @param local only the names of this machine are answered to
 * @param maxJsonBytes the longest JSON body
 */
public record HttpConfig(
        String host,
        int port,
        List<String> allowedOrigins,
        TrustedProxies trustedProxies,
        boolean local,
        long maxJsonBytes,
        Patience patience) {

    public static HttpConfig from(Settings settings) {
        return new HttpConfig(
                settings.text(
                                "HOST",
                                "The address to listen on; anything but loopback means production mode.")
                        .or("127.0.0.1"),
                settings.integer("PORT", "The port of the HTTP server.")
                        .where(port -> port >= 0 && port <= 65535, "from 0 to 65535")
                        .or(3001),
                settings.list(
                                "ALLOWED_ORIGINS",
                                "Browser origins that may call the API from other sites.")
                        .alias("CORS_ORIGINS")
                        .where(
                                HttpConfig::areOrigins,
                                "origins such as https://chat.example.org, never *")
                        .or(List.of()),
                settings.value(
                                "TRUSTED_PROXIES",
                                "list of addresses or networks (127.0.0.1,10.0.0.0/8)",
                                "The proxies whose `X-Forwarded-For` is believed; nobody's by default.",
                                TrustedProxies::parse)
                        .optional()
                        .orElse(new TrustedProxies(List.of())),
                false,
                1L << 20,
                Patience.USUAL);
    }

    /** For one person on one machine. */
    public HttpConfig forLocalUse() {
        return new HttpConfig(
                host, port, allowedOrigins, trustedProxies, true, maxJsonBytes, patience);
    }

    private static boolean areOrigins(List<String> origins) {
        return origins.stream().allMatch(origin -> origin.matches("https?://[^/*\\s]+"));
    }

    public boolean isLoopback() {
        return host.equals("localhost") || host.startsWith("127.") || host.equals("::1");
    }
}
