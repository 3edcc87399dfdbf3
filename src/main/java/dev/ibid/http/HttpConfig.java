package dev.ibid.http;

import dev.ibid.config.Settings;

import java.util.List;

/**
 * Where the door listens and whom it lets in.
 *
 * @param port 0 for any free one
 * @param maxJsonBytes the longest JSON body
 */
public record HttpConfig(String host, int port, List<String> allowedOrigins, long maxJsonBytes) {

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
                1L << 20);
    }

    private static boolean areOrigins(List<String> origins) {
        return origins.stream().allMatch(origin -> origin.matches("https?://[^/*\\s]+"));
    }

    public boolean isLoopback() {
        return host.equals("localhost") || host.startsWith("127.") || host.equals("::1");
    }
}
