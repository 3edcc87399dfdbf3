package dev.ibid.ingestion;

import com.github.f4b6a3.uuid.UuidCreator;

import dev.ibid.ingestion.Jobs.Lease;
import dev.ibid.ingestion.Jobs.Room;
import dev.ibid.knowledge.Chunk;
import dev.ibid.store.postgres.Database;

import org.jdbi.v3.core.Handle;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** A database with people who have uploaded files, and a look at what became of them. */
final class QueueHall {

    static final Duration MINUTE = Duration.ofMinutes(1);
    static final Room ROOM = new Room(Set.of(), true);

    private final Database database;

    QueueHall(Database database) {
        this.database = database;
    }

    UUID person() {
        UUID id = UUID.randomUUID();
        database.write(
                "test.person",
                handle -> {
                    handle.execute(
                            "insert into users (id, email, role, password_hash) values (?, ?, 'user', '')",
                            id,
                            id + "@example.org");
                    return handle.execute(
                            "insert into collections (id, owner_id, name) values (?, ?, 'papers')",
                            id,
                            id);
                });
        return id;
    }

    /** Returns the document's id. */
    UUID upload(UUID person, long bytes) {
        UUID id = UuidCreator.getTimeOrderedEpoch();
        database.write("test.upload", handle -> upload(handle, id, person, bytes));
        return id;
    }

    private static int upload(Handle handle, UUID id, UUID person, long bytes) {
        handle.execute(
                "insert into documents (id, collection_id, owner_id, name, media_type) values (?, ?, ?, 'a.txt', 'text/plain')",
                id,
                person,
                person);
        handle.execute(
                """
                insert into document_versions (document_id, version, name, media_type, uploaded_by, sha256, bytes, original, state)
                values (?, 1, 'a.txt', 'text/plain', ?, '', ?, ?, 'queued')\
                """,
                id,
                person,
                bytes,
                id.toString());
        return handle.execute(
                "insert into ingestion_jobs (id, document_id, version, user_id, bytes) values (?, ?, 1, ?, ?)",
                UUID.randomUUID(),
                id,
                person,
                bytes);
    }

    /** The job is as it is when its worker's process has died: nobody gives it back. */
    void letLeasesRunOut() {
        execute("update ingestion_jobs set lease_until = now() - interval '1 second'");
    }

    void letRestsEnd() {
        execute("update ingestion_jobs set run_after = now()");
    }

    void haveFailedSince(Duration ago) {
        execute("update ingestion_jobs set failing_since = now() - interval '" + ago + "'");
    }

    void empty() {
        execute("delete from ingestion_jobs");
    }

    void delete(UUID document) {
        execute("delete from ingestion_jobs where document_id = '" + document + "'");
    }

    private void execute(String sql) {
        database.write("test.execute", handle -> handle.execute(sql));
    }

    String state(UUID document) {
        return one("select state from document_versions where document_id = ?", document)
                .orElseThrow();
    }

    Optional<String> failureCode(UUID document) {
        return one(
                "select failure_code from document_versions where document_id = ? and failure_code is not null",
                document);
    }

    long count(String table, UUID document) {
        return Long.parseLong(
                one("select count(*) from " + table + " where document_id = ?", document)
                        .orElseThrow());
    }

    long vectors(UUID document) {
        return Long.parseLong(
                one(
                                "select count(*) from chunk_vectors v join chunks k on k.id = v.chunk_id where k.document_id = ?",
                                document)
                        .orElseThrow());
    }

    private Optional<String> one(String sql, UUID document) {
        return database.read(
                "test.one",
                handle -> handle.createQuery(sql).bind(0, document).mapTo(String.class).findOne());
    }

    static Chunk chunk(Lease lease, int ordinal, String text) {
        return new Chunk(
                UUID.nameUUIDFromBytes(
                        (lease.documentId() + ":" + ordinal).getBytes(StandardCharsets.UTF_8)),
                lease.documentId(),
                lease.version(),
                lease.collectionId(),
                ordinal,
                ordinal,
                ordinal + text.length(),
                null,
                null,
                null,
                "",
                List.of(),
                text);
    }
}
