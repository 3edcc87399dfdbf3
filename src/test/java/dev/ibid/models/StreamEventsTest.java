package dev.ibid.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

import java.net.ProtocolException;
import java.util.ArrayList;
import java.util.List;

class StreamEventsTest {

    private final List<String> heard = new ArrayList<>();
    private final StreamEvents events =
            new StreamEvents(20, (type, data) -> heard.add(type + "=" + data));

    private void read(String... lines) throws ProtocolException {
        for (String line : lines) {
            events.line(line);
        }
    }

    @Test
    void dataOfSeveralLinesIsJoined() throws ProtocolException {
        read("data: one", "data:two", "data: ", "data: four", "");

        assertThat(heard).containsExactly("null=one\ntwo\n\nfour");
    }

    @Test
    void theTypeBelongsToItsEventOnly() throws ProtocolException {
        read("event: error", "data: a", "", "data: b", "");

        assertThat(heard).containsExactly("error=a", "null=b");
    }

    @Test
    void commentsUnknownFieldsAndEventsWithoutDataSayNothing() throws ProtocolException {
        read("\uFEFF: hello", "id: 1", "retry: 5", "event: ping", "", "data:", "", "datum: x", "");

        assertThat(heard).isEmpty();
    }

    @Test
    void theLastEventNeedsNoBlankLine() throws ProtocolException {
        read("data: last");

        events.dispatch();

        assertThat(heard).containsExactly("null=last");
    }

    @Test
    void anEventThatNeverEndsIsRefused() throws ProtocolException {
        read("data: 0123456789");

        assertThatThrownBy(() -> read("data: 0123456789")).isInstanceOf(ProtocolException.class);
    }
}
