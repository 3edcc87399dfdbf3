package dev.ibid.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ibid.testing.FakeProviderScript;
import dev.ibid.testing.LiveEvents;
import dev.ibid.testing.Person;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/** A reader whose connection broke, on a server with the usual grace. */
@Timeout(60)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ComingBackTest {

    private static final int TOKENS = 12;

    private ModelServer server;
    private Person ada;

    @BeforeAll
    void start() {
        server = ModelServer.openAi(Map.of());
        ada = server.reader();
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @Test
    void theyReadOnFromWhereTheyLeftOffAndMissNothing() {
        AtomicInteger allowed = new AtomicInteger(4);
        String[] tokens =
                IntStream.range(0, TOKENS).mapToObj(at -> " w" + at).toArray(String[]::new);
        server.provider.always(FakeProviderScript.of(tokens).allowed(allowed::get));
        List<Person.Event> first = new ArrayList<>();
        try (LiveEvents live = ada.liveChat(Map.of("message", ModelServer.QUESTION))) {
            first.addAll(live.upTo("delta"));
            first.addAll(live.upTo("delta"));
        }
        String path = "/api/chat/" + first.getFirst().data().get("messageId").asText() + "/stream";
        String seen = first.getLast().id();

        List<Person.Event> rest = new ArrayList<>();
        try (LiveEvents back = ada.live("GET", path, "", Map.of("Last-Event-ID", seen))) {
            allowed.set(TOKENS);
            rest.addAll(back.rest());
        }

        List<Person.Event> both = new ArrayList<>(first);
        both.addAll(rest);
        assertThat(ModelServer.text(both)).isEqualTo(String.join("", tokens));
        assertThat(both.getLast().data().at("/message/status").asText()).isEqualTo("complete");
        assertThat(both)
                .extracting(Person.Event::id)
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(1, both.size()).mapToObj(String::valueOf).toList());
        assertThat(ada.events("GET", path, "", Map.of())).isEqualTo(both);
        assertThat(server.asked().cancelled()).isFalse();
    }
}
