package dev.ibid.journeys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;

import dev.ibid.testing.Ibid;
import dev.ibid.testing.Person;
import dev.ibid.testing.Person.Upload;
import dev.ibid.testing.WithIbid;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.StreamSupport;

/** A document is deleted, at good moments and bad ones, and a receipt says what is left of it. */
@WithIbid
@Timeout(120)
final class ErasedDocumentTest {

    /** Each store in which something of a document can lie. */
    private static final Set<String> STORES =
            Set.of(
                    "jobs",
                    "texts",
                    "chunks",
                    "vectors",
                    "originals",
                    "lexicalIndex",
                    "vectorIndex");

    private final Ibid ibid;
    private final Person person;

    ErasedDocumentTest(Ibid ibid) {
        this.ibid = ibid;
        this.person = ibid.newcomer();
    }

    @Test
    void isGoneFromEveryStore() {
        String id = person.ingest(note("puffin")).get("id").asText();

        delete(id);

        assertErased(id);
        assertThat(results("puffin")).isEmpty();
    }

    @Test
    void isGoneWhenItWasDeletedWhileItWasBeingRead() {
        String id = uploaded(Readings.pdf());
        awaitState(id, "parsing");

        delete(id);

        assertErased(id);
    }

    @Test
    void isGoneWhenItWasDeletedWhileItWasBeingEmbedded() {
        String id = uploaded(Readings.longText());
        awaitState(id, "embedding");

        delete(id);

        assertErased(id);
    }

    @Test
    void isGoneWhenItWasDeletedTwiceAtOnce() throws InterruptedException {
        String id = person.ingest(note("gannet")).get("id").asText();

        List<Thread> both =
                List.of(
                        Thread.startVirtualThread(() -> person.delete("/api/files/" + id)),
                        Thread.startVirtualThread(() -> person.delete("/api/files/" + id)));
        for (Thread each : both) {
            each.join();
        }

        person.delete("/api/files/" + id).expect(404);
        assertErased(id);
    }

    @Test
    void isGoneWithTheVersionThatWasOnItsWay() {
        String id = person.ingest(note("fulmar")).get("id").asText();
        person.replace(id, Readings.longText()).expect(202);

        delete(id);

        person.replace(id, note("skua")).expect(404);
        assertErased(id);
    }

    @Test
    void isGoneWhenItWasReplacedAndDeletedAtOnce() throws InterruptedException {
        String id = person.ingest(note("petrel")).get("id").asText();

        List<Thread> both =
                List.of(
                        Thread.startVirtualThread(() -> person.replace(id, note("shearwater"))),
                        Thread.startVirtualThread(() -> person.delete("/api/files/" + id)));
        for (Thread each : both) {
            each.join();
        }

        person.get("/api/files/" + id).expect(404);
        assertErased(id);
        assertThat(results("shearwater")).isEmpty();
    }

    @Test
    void comesBackAsAnotherDocumentWhenItIsUploadedAgain() {
        String id = person.ingest(note("razorbill")).get("id").asText();
        delete(id);

        JsonNode again = person.ingest(note("razorbill"));

        assertThat(again.get("id").asText()).isNotEqualTo(id);
        assertErased(id);
        assertThat(results("razorbill")).isNotEmpty();
    }

    @Test
    void isGoneWithItsCollection() {
        JsonNode collection =
                person.post("/api/collections", Map.of("name", "Birds")).expect(201).json();
        String id =
                person.upload(
                                Map.of("collectionId", collection.get("id").asText()),
                                note("kittiwake"))
                        .expect(202)
                        .json()
                        .at("/files/0/id")
                        .asText();
        person.settled(id);

        person.delete("/api/collections/" + collection.get("id").asText()).expect(204);

        assertErased(id);
    }

    @Test
    void showsItsReceiptToNobodyElse() {
        String id = person.ingest(note("guillemot")).get("id").asText();
        person.get("/api/files/" + id + "/erasure").expect(404);

        delete(id);

        ibid.newcomer().get("/api/files/" + id + "/erasure").expect(404);
    }

    private void delete(String id) {
        person.delete("/api/files/" + id).expect(204);
        person.get("/api/files/" + id).expect(404);
    }

    private void assertErased(String id) {
        JsonNode receipt =
                await().atMost(Duration.ofSeconds(30))
                        .until(
                                () -> person.get("/api/files/" + id + "/erasure").json(),
                                each -> !each.get("erasedAt").isNull());
        assertThat(receipt.get("remains").fieldNames())
                .toIterable()
                .containsExactlyInAnyOrderElementsOf(STORES);
        assertThat(StreamSupport.stream(receipt.get("remains").spliterator(), false))
                .allMatch(left -> left.asLong() == 0);
    }

    private JsonNode results(String query) {
        return person.post("/api/search", Map.of("query", query)).expect(200).json().get("results");
    }

    private String uploaded(Upload file) {
        return person.upload(file).expect(202).json().at("/files/0/id").asText();
    }

    private void awaitState(String id, String state) {
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(5))
                .until(() ->
                        person.get("/api/files/" + id).json().get("state").asText().equals(state));
    }

    private static Upload note(String bird) {
        return Belongings.note(bird + ".txt", "The " + bird + " nests on the northern cliff.");
    }
}
