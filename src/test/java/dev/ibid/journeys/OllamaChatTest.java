package dev.ibid.journeys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;

import dev.ibid.testing.FakeProviderScript;
import dev.ibid.testing.FakeProviderScript.Ending;
import dev.ibid.testing.FakeProviderScript.Framing;
import dev.ibid.testing.LiveEvents;
import dev.ibid.testing.Person;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The same with a model that speaks Ollama's protocol. */
@Timeout(60)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OllamaChatTest {

    private ModelServer server;
    private Person ada;

    @BeforeAll
    void start() {
        server = ModelServer.ollama(Map.of("STREAM_GRACE", "0s"));
        ada = server.reader();
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @Test
    void anAnswerIsStreamedCitedAndKept() {
        server.provider.always(
                FakeProviderScript.of("Vier Wochen – ", "\uD83E\uDD8A [1]", " [6].")
                        .framed(Framing.SPLIT));

        List<Person.Event> events = ada.chatEvents(Map.of("message", ModelServer.QUESTION));

        JsonNode message = events.getLast().data().get("message");
        assertThat(message.get("content").asText()).isEqualTo("Vier Wochen – \uD83E\uDD8A [1].");
        assertThat(ModelServer.text(events)).isEqualTo(message.get("content").asText());
        assertThat(message.at("/citations/0/quote").asText()).isEqualTo(ModelServer.NOTICE);
        assertThat(server.asked().path()).isEqualTo("/api/chat");
        String conversation = events.getFirst().data().get("conversationId").asText();
        assertThat(ModelServer.history(ada, conversation).getLast()).isEqualTo(message);
    }

    @Test
    void aReaderWhoLeavesCancelsIt() {
        server.provider.always(FakeProviderScript.of("Four", " weeks").ending(Ending.STALLED));
        LiveEvents live = ada.liveChat(Map.of("message", ModelServer.QUESTION));
        live.upTo("delta");

        live.close();

        await().atMost(Duration.ofSeconds(2)).until(() -> server.asked().cancelled());
    }
}
