package dev.ibid.journeys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;

import dev.ibid.testing.IbidProcess;
import dev.ibid.testing.Person;
import dev.ibid.testing.Person.Upload;
import dev.ibid.testing.RoomyFolder;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

/** Two people bring a thousand files at once. */
@Timeout(1800)
final class ManyFilesTest {

    private static final int FILES = 1000;
    private static final int AT_ONCE = 5;
    private static final Duration PROMPT = Duration.ofSeconds(10);
    private static final Duration ALL_READY = Duration.ofMinutes(20);

    @TempDir(factory = RoomyFolder.class)
    private static Path folder;

    @Test
    void aThousandFilesDoNotHoldUpSomebodyElsesPage() {
        try (IbidProcess server = IbidProcess.start(folder.resolve("data"), Map.of())) {
            Person ada = Person.register(server.uri(), "ada@example.org");
            Person eve = Person.register(server.uri(), "eve@example.org");
            ada.ingest(note("first", 0));
            LiveHeap heap = new LiveHeap(server);
            long before = heap.megabytes();

            CompletableFuture<Void> hers =
                    CompletableFuture.runAsync(
                            () -> uploadAll(ada, "ada", FILES - FILES / 4),
                            Thread::startVirtualThread);
            await().atMost(ALL_READY).until(() -> unsettled(ada) > 50);
            assertPromptlyReady(eve, note("page", 1));
            uploadAll(eve, "eve", FILES / 4 - 2);
            hers.join();
            assertPromptlyFound(eve);
            awaitAllReady(ada, eve);

            long after = heap.megabytes();
            System.out.printf("live heap: %d MB before, %d MB after%n", before, after);
            assertThat(after - before).as("megabytes above " + before).isLessThan(32);
            assertThat(indexed(server)).isEqualTo(FILES);
        }
    }

    private static void assertPromptlyReady(Person person, Upload page) {
        long started = System.nanoTime();
        JsonNode document = person.ingest(page);
        Duration took = Duration.ofNanos(System.nanoTime() - started);
        System.out.println("The page was ready after " + took);
        assertThat(document.get("state").asText()).as(document.toString()).isEqualTo("ready");
        assertThat(took).isLessThan(PROMPT);
    }

    /** The search does not wait behind the hundreds of files that are still being read. */
    private static void assertPromptlyFound(Person person) {
        long started = System.nanoTime();
        JsonNode found =
                person.post("/api/search", Map.of("query", "lantern number 1")).expect(200).json();
        Duration took = Duration.ofNanos(System.nanoTime() - started);
        System.out.println("The page was found after " + took);
        assertThat(found.get("results")).isNotEmpty();
        assertThat(took).isLessThan(Duration.ofSeconds(5));
    }

    private static void uploadAll(Person person, String name, int count) {
        for (int from = 0; from < count; from += AT_ONCE) {
            person.upload(
                            IntStream.range(from, Math.min(from + AT_ONCE, count))
                                    .mapToObj(number -> note(name, number))
                                    .toArray(Upload[]::new))
                    .expect(202);
        }
    }

    private static Upload note(String name, int number) {
        String text =
                "The keeper " + name + " lights lantern number " + number + " when the fog comes.";
        return new Upload(
                name + number + ".txt", "text/plain", text.getBytes(StandardCharsets.UTF_8));
    }

    private static long unsettled(Person person) {
        long unsettled = 0;
        for (JsonNode file : person.get("/api/files?limit=100").expect(200).json().get("items")) {
            unsettled += file.get("state").asText().equals("ready") ? 0 : 1;
        }
        return unsettled;
    }

    private static void awaitAllReady(Person... people) {
        for (Person person : people) {
            await("all ready")
                    .atMost(ALL_READY)
                    .pollInterval(Duration.ofMillis(500))
                    .until(() -> areAllReady(person));
        }
    }

    private static boolean areAllReady(Person person) {
        String cursor = "";
        do {
            JsonNode page = person.get("/api/files?limit=100" + cursor).expect(200).json();
            for (JsonNode file : page.get("items")) {
                assertThat(file.get("state").asText()).as(file.toString()).isNotEqualTo("failed");
                if (!file.get("state").asText().equals("ready")) {
                    return false;
                }
            }
            cursor =
                    page.get("nextCursor").isNull()
                            ? ""
                            : "&cursor=" + page.get("nextCursor").asText();
        } while (!cursor.isEmpty());
        return true;
    }

    private static long indexed(IbidProcess server) {
        return await().atMost(Duration.ofSeconds(20))
                .until(
                        () ->
                                Person.stranger(server.uri())
                                        .get("/api/status/detailed")
                                        .expect(200)
                                        .json()
                                        .at("/checks/lexical/figures/chunks")
                                        .asLong(),
                        chunks -> chunks >= FILES);
    }
}
