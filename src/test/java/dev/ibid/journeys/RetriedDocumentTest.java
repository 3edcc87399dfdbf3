package dev.ibid.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;

import dev.ibid.testing.Answer;
import dev.ibid.testing.Ibid;
import dev.ibid.testing.Person;
import dev.ibid.testing.Person.Upload;
import dev.ibid.testing.SampleFiles;
import dev.ibid.testing.WithIbid;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.net.http.HttpRequest.BodyPublishers;
import java.util.Map;

/** A document that failed is tried again. */
@WithIbid
@Timeout(120)
final class RetriedDocumentTest {

    private final Person person;

    RetriedDocumentTest(Ibid ibid) {
        this.person = ibid.newcomer();
    }

    @Test
    void isQueuedAgainAndEndsInATrueState() {
        JsonNode failed =
                person.ingest(new Upload("scan.pdf", "application/pdf", SampleFiles.blankPdf()));
        assertThat(failed.get("state").asText()).isEqualTo("failed");

        JsonNode queued = retry(failed.get("id").asText()).expect(202).json();

        assertThat(queued.get("state").asText()).isNotEqualTo("failed");
        assertThat(queued.get("failure").isNull()).isTrue();
        JsonNode again = person.settled(failed.get("id").asText());
        assertThat(again.at("/failure/code").asText()).isEqualTo("no_text");
    }

    @Test
    void isLeftAloneWhenItHasNotFailed() {
        String id = person.ingest(Readings.note(3)).get("id").asText();

        Answer refused = retry(id).expect(409);

        ProblemShape.check(refused);
        assertThat(person.get("/api/files/" + id).json().get("state").asText()).isEqualTo("ready");
    }

    private Answer retry(String id) {
        return person.send(
                "POST", "/api/files/" + id + "/retry", BodyPublishers.noBody(), Map.of());
    }
}
