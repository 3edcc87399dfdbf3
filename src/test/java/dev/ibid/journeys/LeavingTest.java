package dev.ibid.journeys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;

import dev.ibid.testing.FakeProviderRequest;
import dev.ibid.testing.FakeProviderScript;
import dev.ibid.testing.FakeProviderScript.Ending;
import dev.ibid.testing.LiveEvents;
import dev.ibid.testing.Person;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Readers that leave, on a server that gives nobody time to come back. */
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LeavingTest {

    private static final int READERS = 100;
    private static final long LIMIT = Duration.ofSeconds(2).toNanos();

    private record Reading(String question, String conversation, LiveEvents live) {}

    private ModelServer server;
    private Person ada;

    @BeforeAll
    void start() {
        server = ModelServer.openAi(Map.of("STREAM_GRACE", "0s"));
        ada = server.reader();
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @Test
    void beforeTheFirstTokenTheProviderSeesItWithinTwoSeconds() {
        server.provider.always(FakeProviderScript.of("late").firstAfter(Duration.ofSeconds(25)));
        List<Reading> readers = readers("early");
        await().atMost(Duration.ofSeconds(20))
                .until(() -> server.provider.openStreams() == READERS);

        List<Long> left = leave(readers);

        assertCancelled(readers, left);
        assertThat(readers).allSatisfy(reader -> assertKept(reader, ""));
    }

    @Test
    void inTheMiddleOfAnAnswerTheProviderSeesItWithinTwoSeconds() {
        server.provider.always(
                FakeProviderScript.of(" word").every(Duration.ofMillis(50)).ending(Ending.ENDLESS));
        List<Reading> readers = readers("late");
        readers.forEach(reader -> reader.live().upTo("delta"));

        List<Long> left = leave(readers);

        assertCancelled(readers, left);
        assertThat(readers).allSatisfy(reader -> assertKept(reader, " word"));
    }

    @Test
    void whoWaitsForJsonAndIsGoneIsNotAnsweredEither() throws Exception {
        server.provider.always(FakeProviderScript.of("Four", " weeks").ending(Ending.STALLED));
        String body = "{\"message\":\"" + ModelServer.QUESTION + "\"}";
        String head =
                "POST /api/chat HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                        + "Authorization: Bearer "
                        + ada.accessToken()
                        + "\r\nContent-Length: "
                        + body.length()
                        + "\r\n\r\n";

        new RawHttp(ada.server())
                .sendAndVanish(
                        () -> server.provider.openStreams() == 1,
                        (head + body).getBytes(StandardCharsets.US_ASCII));

        await().atMost(Duration.ofSeconds(2)).until(() -> server.provider.openStreams() == 0);
    }

    @Test
    void whoStopsAnAnswerGetsWhatThereIsAndTheProviderSeesIt() {
        server.provider.always(
                FakeProviderScript.of("Four", " weeks [1]", " or").ending(Ending.STALLED));
        try (LiveEvents live = ada.liveChat(Map.of("message", ModelServer.QUESTION))) {
            String id = live.next().data().get("messageId").asText();
            live.upTo("citation");
            live.upTo("delta");
            long asked = System.nanoTime();

            JsonNode stopped = ada.post("/api/chat/" + id + "/stop", Map.of()).expect(200).json();

            await().until(() -> server.asked().cancelled());
            assertThat(server.asked().cancelledAt() - asked).isLessThan(LIMIT);
            assertThat(stopped.get("status").asText()).isEqualTo("interrupted");
            assertThat(stopped.get("content").asText()).isEqualTo("Four weeks [1] or");
            assertThat(stopped.get("citations")).hasSize(1);
            assertThat(live.rest().getLast().data().get("message")).isEqualTo(stopped);
        }
    }

    private List<Reading> readers(String kind) {
        return IntStream.range(0, READERS)
                .mapToObj(at -> "What is the notice period (" + kind + " " + at + ")?")
                .map(this::reader)
                .toList();
    }

    private Reading reader(String question) {
        LiveEvents live = ada.liveChat(Map.of("message", question));
        return new Reading(question, live.next().data().get("conversationId").asText(), live);
    }

    /** When each left. */
    private static List<Long> leave(List<Reading> readers) {
        List<Long> left = new ArrayList<>();
        for (Reading reader : readers) {
            left.add(System.nanoTime());
            reader.live().close();
        }
        return left;
    }

    private void assertCancelled(List<Reading> readers, List<Long> left) {
        await().atMost(Duration.ofSeconds(10))
                .until(() -> readers.stream().allMatch(reader -> request(reader).cancelled()));
        assertThat(IntStream.range(0, READERS))
                .allSatisfy(at ->
                        assertThat(request(readers.get(at)).cancelledAt() - left.get(at))
                                .isLessThan(LIMIT));
        assertThat(server.provider.openStreams()).isZero();
    }

    private FakeProviderRequest request(Reading reader) {
        return server.provider.requests().stream()
                .filter(request -> request.lastUserText().endsWith(reader.question()))
                .findFirst()
                .orElseThrow();
    }

    private void assertKept(Reading reader, String beginning) {
        JsonNode kept =
                await().until(
                                () -> ModelServer.history(ada, reader.conversation()).getLast(),
                                message -> !message.get("status").asText().equals("running"));
        assertThat(kept.get("status").asText()).isEqualTo("interrupted");
        assertThat(kept.get("content").asText()).startsWith(beginning);
        assertThat(kept.get("content").asText().isEmpty()).isEqualTo(beginning.isEmpty());
    }
}
