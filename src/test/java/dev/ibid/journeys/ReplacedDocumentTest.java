package dev.ibid.journeys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

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
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A document gets new content while people go on asking about it. */
@WithIbid
@Timeout(120)
final class ReplacedDocumentTest {

    private static final String QUESTION = "What does the ferry to Skerry cost?";

    private final Person person;

    ReplacedDocumentTest(Ibid ibid) {
        this.person = ibid.newcomer();
    }

    @Test
    void answersFromTheOldContentUntilTheNewIsReadyAndThenOnlyFromTheNew() {
        String id = person.ingest(price("four")).get("id").asText();

        JsonNode document = person.replace(id, price("seven")).expect(202).json();

        assertThat(document.get("version").asInt()).isEqualTo(1);
        assertThat(document.at("/pending/version").asInt()).isEqualTo(2);
        List<String> found = new ArrayList<>();
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(5))
                .until(() -> {
                    found.add(found());
                    return version(id) == 2;
                });
        found.add(found());
        assertThat(found).allMatch(text -> text.contains("four") != text.contains("seven"));
        assertThat(found.getLast()).contains("seven");
    }

    @Test
    void keepsTheOldOriginalForTheCitationsThatLeadToIt() {
        String id = person.ingest(price("two")).get("id").asText();
        JsonNode answer = person.post("/api/chat", Map.of("message", QUESTION)).expect(200).json();

        person.replace(id, price("nine")).expect(202);
        awaitVersion(id, 2);

        int cited = answer.at("/message/citations/0/version").asInt();
        assertThat(content(id, "?version=" + cited)).contains("two");
        assertThat(content(id, "")).contains("nine");
        person.get("/api/files/" + id + "/content?version=3").expect(404);
    }

    @Test
    void takesContentOfAnotherTypeAndItsName() {
        String id = person.ingest(price("one")).get("id").asText();

        person.replace(
                        id,
                        new Upload(
                                "fares.pdf",
                                "application/pdf",
                                SampleFiles.pdf("The ferry to Skerry costs three crowns.")))
                .expect(202);

        awaitVersion(id, 2);
        JsonNode document = person.get("/api/files/" + id).expect(200).json();
        assertThat(document.get("name").asText()).isEqualTo("fares.pdf");
        assertThat(document.get("mediaType").asText()).isEqualTo("application/pdf");
        assertThat(document.get("pages").asInt()).isEqualTo(1);
    }

    @Test
    void doesNothingForContentThatItHas() {
        String id = person.ingest(price("five")).get("id").asText();

        JsonNode same = person.replace(id, price("five")).expect(202).json();

        assertThat(same.get("pending").isNull()).isTrue();
        assertThat(same.get("version").asInt()).isEqualTo(1);
    }

    @Test
    void goesOnAnsweringWhenTheNewContentCannotBeRead() {
        String id = person.ingest(price("eight")).get("id").asText();

        person.replace(id, new Upload("scan.pdf", "application/pdf", SampleFiles.blankPdf()))
                .expect(202);

        JsonNode document =
                await().atMost(Duration.ofSeconds(60))
                        .until(
                                () -> person.get("/api/files/" + id).expect(200).json(),
                                each -> each.at("/pending/state").asText().equals("failed"));
        assertThat(document.get("state").asText()).isEqualTo("ready");
        assertThat(document.at("/pending/failure/code").asText()).isEqualTo("no_text");
        assertThat(found()).contains("eight");
        person.replace(id, price("eleven")).expect(202);
        awaitVersion(id, 3);
        assertThat(found()).contains("eleven");
    }

    @Test
    void givesUpAVersionThatIsOvertaken() {
        String id = person.ingest(price("six")).get("id").asText();
        person.replace(id, Readings.longText()).expect(202);

        person.replace(id, price("twelve")).expect(202);

        awaitVersion(id, 3);
        assertThat(found()).contains("twelve");
        assertThat(person.get("/api/files/" + id).json().get("pending").isNull()).isTrue();
    }

    @Test
    void wantsExactlyOneFile() {
        String id = person.ingest(price("ten")).get("id").asText();

        Answer refused =
                person.send(
                        "PUT",
                        "/api/files/" + id + "/content",
                        BodyPublishers.ofByteArray(
                                Form.begin().file("a.txt", "One.").file("b.txt", "Two.").end()),
                        Map.of("Content-Type", "multipart/form-data; boundary=" + Form.BOUNDARY));

        ProblemShape.check(refused.expect(400));
    }

    private static Upload price(String crowns) {
        return Belongings.note(
                "fares.txt", "The ferry to Skerry costs " + crowns + " crowns, both ways.");
    }

    private String found() {
        JsonNode results =
                person.post("/api/search", Map.of("query", QUESTION, "limit", 3))
                        .expect(200)
                        .json()
                        .get("results");
        assertThat(results).isNotEmpty();
        return results.toString();
    }

    private String content(String id, String query) {
        return person.get("/api/files/" + id + "/content" + query).expect(200).text();
    }

    private int version(String id) {
        return person.get("/api/files/" + id).expect(200).json().get("version").asInt();
    }

    private void awaitVersion(String id, int version) {
        await().atMost(Duration.ofSeconds(60)).until(() -> version(id) == version);
    }
}
