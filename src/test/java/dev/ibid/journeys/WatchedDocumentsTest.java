package dev.ibid.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ibid.testing.Ibid;
import dev.ibid.testing.LiveEvents;
import dev.ibid.testing.Person;
import dev.ibid.testing.Person.Event;
import dev.ibid.testing.WithIbid;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.List;
import java.util.Map;

/** Somebody watches what becomes of their documents. */
@WithIbid
@Timeout(120)
final class WatchedDocumentsTest {

    private final Ibid ibid;
    private final Person person;

    WatchedDocumentsTest(Ibid ibid) {
        this.ibid = ibid;
        this.person = ibid.newcomer();
    }

    @Test
    void showsAWholeIngestionAndEndsWhenItIsThrough() {
        String id = upload();

        List<Event> events = watch("?until=settled").rest();

        assertThat(events).allMatch(event -> event.name().equals("document"));
        assertThat(events).allMatch(event -> event.data().get("id").asText().equals(id));
        assertThat(events.getLast().data().get("state").asText()).isEqualTo("ready");
        assertThat(events.getLast().data()).isEqualTo(person.get("/api/files/" + id).json());
        assertThat(events).extracting(event -> event.data()).doesNotHaveDuplicates();
    }

    @Test
    void showsWhatHappensLater() {
        try (LiveEvents live = watch("")) {
            String id = upload();

            Event first = live.next();

            assertThat(first.data().get("id").asText()).isEqualTo(id);
            person.settled(id);
            person.delete("/api/files/" + id).expect(204);
            Event gone = live.upTo("deleted").getLast();
            assertThat(gone.data().get("id").asText()).isEqualTo(id);
        }
    }

    @Test
    void showsNothingOfAnotherPerson() {
        Person other = ibid.newcomer();
        String theirs =
                other.upload(Readings.longText()).expect(202).json().at("/files/0/id").asText();
        upload();

        List<Event> events = watch("?until=settled").rest();

        assertThat(events.toString()).doesNotContain(theirs);
        other.delete("/api/files/" + theirs).expect(204);
    }

    @Test
    void endsAtOnceWhenThereIsNothingToWaitFor() {
        assertThat(watch("?until=settled").rest()).isEmpty();
    }

    private String upload() {
        return person.upload(Readings.note(7)).expect(202).json().at("/files/0/id").asText();
    }

    private LiveEvents watch(String query) {
        return person.live("GET", "/api/files/events" + query, "", Map.of());
    }
}
