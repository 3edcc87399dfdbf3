package dev.ibid.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;

import dev.ibid.testing.Answer;
import dev.ibid.testing.FakeProviderScript;
import dev.ibid.testing.FakeProviderScript.Canned;
import dev.ibid.testing.FakeProviderScript.Ending;
import dev.ibid.testing.Person;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/** What a person sees, and what the history keeps, when the provider fails. */
@Timeout(60)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ModelFaultsTest {

    /** Stands in everything that the provider says about a failure. */
    private static final String INSIDE = "what-only-the-provider-knows";

    enum Fault {
        SILENT_FROM_THE_START(
                FakeProviderScript.of("late").firstAfter(Duration.ofSeconds(30)),
                "model_timeout",
                504,
                ""),
        STALLED(begun(Ending.STALLED), "model_stalled", 504, "Four weeks"),
        CUT(begun(Ending.DROPPED), "model_interrupted", 502, "Four weeks"),
        RESET(begun(Ending.RESET), "model_interrupted", 502, "Four weeks"),
        TRUNCATED(begun(Ending.TRUNCATED), "model_interrupted", 502, "Four weeks"),
        CUT_FROM_THE_START(
                FakeProviderScript.of().ending(Ending.DROPPED), "model_disconnected", 502, ""),
        WRONG_JSON(begun(Ending.GARBLED), "model_bad_answer", 502, "Four weeks"),
        ERROR_IN_THE_STREAM(begun(Ending.ERROR), "model_error", 502, "Four weeks"),
        RATE_LIMITED(canned(429, Map.of("Retry-After", "1")), "model_rate_limited", 503, ""),
        FAILING(canned(500, Map.of()), "model_error", 502, ""),
        KEY_REFUSED(canned(401, Map.of()), "model_key_refused", 502, ""),
        HTML(
                FakeProviderScript.body("text/html", "<html>" + INSIDE + "</html>"),
                "model_bad_answer",
                502,
                ""),
        EMPTY(FakeProviderScript.body("text/event-stream", ""), "model_empty", 502, "");

        private final FakeProviderScript script;
        private final String code;
        private final int status;
        private final String text;

        Fault(FakeProviderScript script, String code, int status, String text) {
            this.script = script;
            this.code = code;
            this.status = status;
            this.text = text;
        }

        private static FakeProviderScript begun(Ending ending) {
            return FakeProviderScript.of("Four", " weeks").ending(ending);
        }

        private static FakeProviderScript canned(int status, Map<String, String> headers) {
            String body = "{\"error\":{\"message\":\"" + INSIDE + " " + ModelServer.KEY + "\"}}";
            return FakeProviderScript.canned(new Canned(status, "application/json", headers, body));
        }
    }

    private ModelServer server;
    private Person ada;

    @BeforeAll
    void start() {
        server = ModelServer.openAi(Map.of("CHAT_TIMEOUT", "3s", "CHAT_IDLE_TIMEOUT", "1s"));
        ada = server.reader();
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @EnumSource
    void aStreamEndsWithTheProblemAndTheHistoryKeepsWhatThereWas(Fault fault) {
        server.provider.always(fault.script);

        List<Person.Event> events = ada.chatEvents(Map.of("message", ModelServer.QUESTION));

        JsonNode problem = events.getLast().data().get("problem");
        assertThat(events.getLast().name()).isEqualTo("error");
        assertThat(problem.get("type").asText()).isEqualTo("urn:ibid:problem:" + fault.code);
        assertThat(problem.get("status").asInt()).isEqualTo(fault.status);
        assertThat(ModelServer.text(events)).isEqualTo(fault.text);
        List<JsonNode> history =
                ModelServer.history(ada, events.getFirst().data().get("conversationId").asText());
        assertKept(history.getLast(), "failed", fault.text);
        assertThat(events.toString() + history).doesNotContain(INSIDE, ModelServer.KEY);
    }

    @ParameterizedTest
    @EnumSource
    void whoWaitsForJsonGetsTheProblem(Fault fault) {
        server.provider.always(fault.script);

        Answer answer = ada.post("/api/chat", Map.of("message", ModelServer.QUESTION));

        JsonNode problem = answer.expect(fault.status).json();
        assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
        assertThat(problem.get("type").asText()).isEqualTo("urn:ibid:problem:" + fault.code);
        assertThat(problem.get("requestId").asText()).isNotBlank();
        assertThat(answer.header("Retry-After")).isEqualTo(fault == Fault.RATE_LIMITED ? "1" : "");
        assertThat(answer.text()).doesNotContain(INSIDE, ModelServer.KEY);
        String last =
                ada.get("/api/conversations?limit=1").expect(200).json().at("/items/0/id").asText();
        assertKept(ModelServer.history(ada, last).getLast(), "failed", fault.text);
    }

    @Test
    void aFailureThatPassesIsNotSeen() {
        server.provider.always(FakeProviderScript.of("Four weeks [1]."));
        server.provider.next(FakeProviderScript.rateLimited("1"));

        List<Person.Event> events = ada.chatEvents(Map.of("message", ModelServer.QUESTION));

        assertKept(events.getLast().data().get("message"), "complete", "Four weeks [1].");
    }

    @Test
    void anAnswerThatDoesNotEndIsCutAndKeptAsInterrupted() {
        server.provider.always(FakeProviderScript.of("x".repeat(5_000)).ending(Ending.ENDLESS));

        List<Person.Event> events = ada.chatEvents(Map.of("message", ModelServer.QUESTION));

        JsonNode message = events.getLast().data().get("message");
        assertThat(message.get("status").asText()).isEqualTo("interrupted");
        assertThat(message.get("content").asText()).hasSizeBetween(200_000, 205_000);
        assertThat(server.asked().cancelled()).isTrue();
    }

    @Test
    void anAnswerThatRanOutOfTokensIsKeptAsInterrupted() {
        server.provider.always(FakeProviderScript.of("Four", " weeks").ending(Ending.LENGTH));

        List<Person.Event> events = ada.chatEvents(Map.of("message", ModelServer.QUESTION));

        assertKept(events.getLast().data().get("message"), "interrupted", "Four weeks");
    }

    private static void assertKept(JsonNode message, String status, String text) {
        assertThat(message.get("status").asText()).isEqualTo(status);
        assertThat(message.get("content").asText()).isEqualTo(text);
    }
}
