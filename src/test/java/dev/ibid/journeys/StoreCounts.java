package dev.ibid.journeys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;

import dev.ibid.testing.IbidProcess;
import dev.ibid.testing.Person;

import java.time.Duration;

/** What each store holds, counted: after whatever has happened it must all agree. */
record StoreCounts(OwnDatabase database, IbidProcess server) {

    /** Postgres holds each ready version once and whole, and the indexes exactly its chunks. */
    void assertExact() {
        assertThat(number("ingestion_jobs")).as("jobs left").isZero();
        assertThat(number("document_versions where state <> 'ready'")).as("not ready").isZero();
        assertThat(
                        number(
                                """
                                document_versions v where (select count(*) from document_texts t where t.document_id = v.document_id) <> 1
                                or v.chunk_count <> (select count(*) from chunks k where k.document_id = v.document_id)
                                or v.chunk_count <> (select count(distinct ordinal) from chunks k where k.document_id = v.document_id)
                                or v.chunk_count <> (select count(*) from chunks k join chunk_vectors c on c.chunk_id = k.id where k.document_id = v.document_id)
                                or 1 <> (select count(*) from knowledge_log l where l.document_id = v.document_id and l.kind = 'version_ready')\
                                """))
                .as("versions with too few or too many rows")
                .isZero();
        long chunks = number("chunks");
        assertThat(number("chunk_vectors")).as("vectors").isEqualTo(chunks);
        await("the indexes hold what Postgres holds")
                .atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> {
                    assertThat(indexed("lexical")).isEqualTo(chunks);
                    assertThat(indexed("vectors")).isEqualTo(chunks);
                });
    }

    private long number(String what) {
        return database.number("select count(*) from " + what);
    }

    private long indexed(String index) {
        JsonNode status =
                Person.stranger(server.uri()).get("/api/status/detailed").expect(200).json();
        return status.at("/checks/" + index + "/figures/chunks").asLong();
    }
}
