package dev.ibid.journeys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;

import dev.ibid.testing.IbidProcess;
import dev.ibid.testing.Person;
import dev.ibid.testing.Person.Upload;
import dev.ibid.testing.RoomyFolder;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;

/** However large a document is, the server's memory is not. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(1800)
final class LargeFilesTest {

    private static final long MOST_MEGABYTES = 64;
    private static final Duration READY = Duration.ofMinutes(15);
    private static final int MIB = 1 << 20;

    @TempDir(factory = RoomyFolder.class)
    private static Path folder;

    private IbidProcess server;
    private LiveHeap heap;
    private Person person;
    private long before;

    @BeforeAll
    void start() {
        server = IbidProcess.start(folder.resolve("data"), Map.of());
        heap = new LiveHeap(server);
        person = Person.register(server.uri(), "reader@example.org");
        person.ingest(Readings.note(1));
        person.post("/api/search", Map.of("query", Readings.EVERYWHERE)).expect(200);
        before = heap.megabytes();
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @Test
    void aPdfOfFiveHundredPagesTakesLittleOfTheHeap() {
        long most = mostWhileReading(List.of(Readings.book()));

        assertThat(most - before).as("megabytes above " + before).isLessThan(MOST_MEGABYTES);
    }

    @Test
    void tenMegabytesWithoutASpaceTakeLittleOfTheHeap() {
        long most = mostWhileReading(List.of(endless("endless.txt", 10 * MIB, 1)));

        assertThat(most - before).as("megabytes above " + before).isLessThan(MOST_MEGABYTES);
    }

    @Test
    void twoLargeTextsTakeTurns() {
        long most =
                mostWhileReading(
                        List.of(rows("one.csv", 3 * MIB, 2), rows("other.csv", 3 * MIB, 3)));

        assertThat(most - before).as("megabytes above " + before).isLessThan(MOST_MEGABYTES);
    }

    /** In megabytes, until all are ready. */
    private long mostWhileReading(List<Upload> files) {
        List<String> ids =
                files.stream()
                        .map(file ->
                                person.upload(file).expect(202).json().at("/files/0/id").asText())
                        .toList();
        AtomicLong most = new AtomicLong();
        await("ready")
                .atMost(READY)
                .pollInterval(Duration.ofMillis(500))
                .until(() -> {
                    most.accumulateAndGet(heap.megabytes(), Math::max);
                    return ids.stream().allMatch(this::isReady);
                });
        System.out.printf(
                "%s: %d MB of live heap at most, %d MB before%n",
                files.getFirst().name(), most.get(), before);
        return most.get();
    }

    private boolean isReady(String id) {
        JsonNode document = person.get("/api/files/" + id).expect(200).json();
        assertThat(document.get("state").asText()).as(document.toString()).isNotEqualTo("failed");
        return document.get("state").asText().equals("ready");
    }

    private static Upload endless(String name, int bytes, long seed) {
        byte[] letters = new byte[bytes];
        Random random = new Random(seed);
        for (int at = 0; at < bytes; at++) {
            letters[at] = (byte) ('a' + random.nextInt(26));
        }
        return new Upload(name, "text/plain", letters);
    }

    /** Hundreds of thousands of blocks, but few tokens: a row is one long word. */
    private static Upload rows(String name, int bytes, long seed) {
        byte[] letters = endless(name, bytes, seed).content();
        for (int at = 149; at < bytes; at += 150) {
            letters[at] = '\n';
        }
        byte[] header = "name\n".getBytes(StandardCharsets.UTF_8);
        byte[] all = Arrays.copyOf(header, header.length + bytes);
        System.arraycopy(letters, 0, all, header.length, bytes);
        return new Upload(name, "text/csv", all);
    }
}
