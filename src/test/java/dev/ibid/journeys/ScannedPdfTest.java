package dev.ibid.journeys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;

import dev.ibid.testing.Ibid;
import dev.ibid.testing.Person;
import dev.ibid.testing.Person.Upload;
import dev.ibid.testing.Scans;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;

/** Somebody uploads what came out of a scanner. */
final class ScannedPdfTest {

    @Test
    void findsTheWordsOfAScanOnTheirPage(@TempDir Path folder) {
        assumeTesseractIsInstalled();
        byte[] scan =
                Scans.of(
                        "The orchard gave ninety crates of pears.",
                        "The lighthouse keeper repairs clocks in winter.");
        try (Ibid ibid = Ibid.start(folder, Map.of("OCR", "on"))) {
            Person person = ibid.newcomer();

            JsonNode document = person.ingest(new Upload("scan.pdf", "application/pdf", scan));

            assertThat(document.get("state").asText()).isEqualTo("ready");
            JsonNode hit =
                    person.post("/api/search", Map.of("query", "Who repairs clocks?", "limit", 1))
                            .expect(200)
                            .json()
                            .at("/results/0");
            assertThat(hit.get("page").asInt()).isEqualTo(2);
            assertThat(hit.get("text").asText()).contains("repairs clocks in winter");
        }
    }

    private static void assumeTesseractIsInstalled() {
        boolean installed =
                Stream.of(System.getenv("PATH").split(":", -1))
                        .anyMatch(bin -> Files.isExecutable(Path.of(bin, "tesseract")));
        assumeTrue(installed, "tesseract is not installed");
    }
}
