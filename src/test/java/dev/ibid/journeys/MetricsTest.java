package dev.ibid.journeys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.ibid.json.Json;
import dev.ibid.testing.Ibid;
import dev.ibid.testing.Person;
import dev.ibid.testing.Person.Upload;
import dev.ibid.testing.WithIbid;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;

/** What an operator's Prometheus makes of the metrics. */
@WithIbid
final class MetricsTest {

    private final Ibid ibid;

    MetricsTest(Ibid ibid) {
        this.ibid = ibid;
        Person person = ibid.newcomer();
        person.ingest(
                new Upload("a.txt", "text/plain", "Whales sing.".getBytes(StandardCharsets.UTF_8)));
        person.post("/api/chat", Map.of("message", "Do whales sing?")).expect(200);
    }

    @Test
    void promtoolFindsNothingWrong(@TempDir Path folder) throws IOException, InterruptedException {
        assumeInstalled("promtool");
        Path metrics =
                Files.writeString(
                        folder.resolve("metrics"),
                        ibid.stranger().get("/api/status/metrics").expect(200).text());

        Process promtool =
                new ProcessBuilder("promtool", "check", "metrics")
                        .redirectInput(metrics.toFile())
                        .redirectErrorStream(true)
                        .start();

        String found = new String(promtool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(promtool.waitFor()).as(found).isZero();
        assertThat(found).isEmpty();
        assertThat(metrics)
                .content()
                .contains(
                        "chat_requests_total",
                        "retrieval_duration_seconds",
                        "ingestion_queue_depth");
    }

    @Test
    void aRealPrometheusScrapesThem(@TempDir Path folder) throws IOException {
        assumeInstalled("prometheus");
        int port = freePort();
        Path config = Files.writeString(folder.resolve("prometheus.yml"), scrapeConfig());

        Process prometheus =
                new ProcessBuilder(
                                "prometheus",
                                "--config.file=" + config,
                                "--storage.tsdb.path=" + folder.resolve("data"),
                                "--web.listen-address=127.0.0.1:" + port)
                        .redirectErrorStream(true)
                        .redirectOutput(folder.resolve("log").toFile())
                        .start();

        try {
            Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .ignoreExceptions()
                    .untilAsserted(() -> {
                        assertThat(query(port, "up{job=\"ibid\"}")).isEqualTo("1");
                        assertThat(query(port, "sum(chat_requests_total)")).isNotEqualTo("0");
                    });
        } finally {
            prometheus.destroyForcibly();
        }
    }

    private String scrapeConfig() {
        return """
        global: {scrape_interval: 1s}
        scrape_configs:
          - job_name: ibid
            metrics_path: /api/status/metrics
            static_configs: [{targets: ['%s']}]
        """
                .formatted(ibid.uri().getAuthority());
    }

    private static String query(int port, String expression)
            throws IOException, InterruptedException {
        String encoded = java.net.URLEncoder.encode(expression, StandardCharsets.UTF_8);
        URI uri = URI.create("http://127.0.0.1:" + port + "/api/v1/query?query=" + encoded);
        String answer =
                HttpClient.newHttpClient()
                        .send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString())
                        .body();
        return Json.MAPPER.readTree(answer).at("/data/result/0/value/1").asText();
    }

    private static void assumeInstalled(String command) {
        boolean installed =
                Stream.of(System.getenv("PATH").split(":", -1))
                        .map(Path::of)
                        .anyMatch(bin -> Files.isExecutable(bin.resolve(command)));
        assumeTrue(installed, command + " is not installed");
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
