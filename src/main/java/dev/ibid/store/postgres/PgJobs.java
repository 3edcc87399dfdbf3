package dev.ibid.store.postgres;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;

import dev.ibid.ingestion.ExtractedText;
import dev.ibid.ingestion.Jobs;
import dev.ibid.ingestion.Splitter;
import dev.ibid.ingestion.Stage;
import dev.ibid.json.Json;
import dev.ibid.knowledge.Chunk;
import dev.ibid.knowledge.EmbeddedChunk;
import dev.ibid.knowledge.LogEntry;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.StatementContext;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

public final class PgJobs implements Jobs {

    private final Database database;

    public PgJobs(Database database) {
        this.database = database;
    }

    /**
     * Waiting makes a large file smaller: its bytes count divided by the seconds it has waited, so
     * that it cannot be overtaken for ever.
     */
    @Override
    public Optional<Lease> lease(Duration duration) {
        return database.write(
                "jobs.lease",
                handle ->
                        handle.createQuery(
                                        """
                                        with busy as (
                                            select user_id, count(*) as jobs from ingestion_jobs where lease_until > now() group by user_id),
                                        next as (
                                            select j.id from ingestion_jobs j left join busy b on b.user_id = j.user_id
                                            where j.run_after <= now() and (j.lease_until is null or j.lease_until <= now())
                                            order by coalesce(b.jobs, 0), j.bytes / greatest(1, extract(epoch from now() - j.created_at)), j.created_at
                                            limit 1 for update of j skip locked),
                                        leased as (
                                            update ingestion_jobs j set fence = j.fence + 1, lease_until = now() + :duration
                                            from next where j.id = next.id returning j.*)
                                        select l.id, l.document_id, l.version, d.collection_id, v.original, d.media_type, l.fence, l.failures,
                                               extract(epoch from now() - l.created_at)::bigint as age
                                        from leased l join documents d on d.id = l.document_id
                                        join document_versions v on v.document_id = l.document_id and v.version = l.version\
                                        """)
                                .bind("duration", duration)
                                .map(PgJobs::toLease)
                                .findOne());
    }

    private static Lease toLease(ResultSet row, StatementContext context) throws SQLException {
        return new Lease(
                row.getObject("id", UUID.class),
                row.getObject("document_id", UUID.class),
                row.getInt("version"),
                row.getObject("collection_id", UUID.class),
                row.getString("original"),
                row.getString("media_type"),
                row.getLong("fence"),
                row.getInt("failures"),
                Duration.ofSeconds(row.getLong("age")));
    }

    @Override
    public boolean renew(Lease lease, Duration duration) {
        return database.write(
                        "jobs.renew",
                        handle ->
                                handle.createUpdate(
                                                "update ingestion_jobs set lease_until = now() + :duration where id = :jobId and fence = :fence")
                                        .bind("duration", duration)
                                        .bindMethods(lease)
                                        .execute())
                > 0;
    }

    @Override
    public void progress(Lease lease, Stage stage, int done, int total) {
        fenced("jobs.progress", lease, handle -> setProgress(handle, lease, stage, done, total));
    }

    private static void setProgress(Handle handle, Lease lease, Stage stage, int done, int total) {
        handle.createUpdate(
                        """
                        update document_versions set state = :stage, progress_stage = :stage, progress_done = :done, progress_total = :total
                        where document_id = :documentId and version = :version\
                        """)
                .bindMethods(lease)
                .bind("stage", stage.name().toLowerCase(Locale.ROOT))
                .bind("done", done)
                .bind("total", total)
                .execute();
    }

    @Override
    public Optional<ExtractedText> text(Lease lease) {
        return database.read(
                "jobs.text",
                handle ->
                        handle.createQuery(
                                        """
                                        select t.text, t.blocks, v.pages from document_texts t
                                        join document_versions v on v.document_id = t.document_id and v.version = t.version
                                        where t.document_id = :documentId and t.version = :version\
                                        """)
                                .bindMethods(lease)
                                .map((row, context) ->
                                        new ExtractedText(
                                                row.getString("text"),
                                                blocks(row.getString("blocks")),
                                                Rows.integer(row, "pages")))
                                .findOne());
    }

    private static List<ExtractedText.Block> blocks(String json) {
        try {
            return Json.MAPPER.readValue(json, new TypeReference<>() {});
        } catch (JsonProcessingException defect) {
            throw new IllegalStateException(defect);
        }
    }

    @Override
    public void keepText(Lease lease, ExtractedText text) {
        fenced(
                "jobs.keepText",
                lease,
                handle -> {
                    handle.createUpdate(
                                    """
                                    insert into document_texts (document_id, version, text, blocks)
                                    values (:documentId, :version, :text, :blocks::jsonb)
                                    on conflict (document_id, version) do update set text = excluded.text, blocks = excluded.blocks\
                                    """)
                            .bindMethods(lease)
                            .bind("text", text.text())
                            .bind("blocks", Json.text(text.blocks()))
                            .execute();
                    handle.createUpdate(
                                    "update document_versions set pages = :pages where document_id = :documentId and version = :version")
                            .bindMethods(lease)
                            .bind("pages", text.pages())
                            .execute();
                });
    }

    @Override
    public void keepChunks(Lease lease, List<Chunk> chunks) {
        fenced(
                "jobs.keepChunks",
                lease,
                handle -> {
                    handle.createUpdate(
                                    """
                                    delete from chunks where document_id = :documentId and version = :version and id <> all(:kept)\
                                    """)
                            .bindMethods(lease)
                            .bindArray("kept", UUID.class, chunks.stream().map(Chunk::id).toArray())
                            .execute();
                    insertChunks(handle, chunks);
                    handle.createUpdate(
                                    """
                                    update document_versions set chunk_count = :count where document_id = :documentId and version = :version\
                                    """)
                            .bindMethods(lease)
                            .bind("count", chunks.size())
                            .execute();
                });
    }

    private static void insertChunks(Handle handle, List<Chunk> chunks) {
        if (chunks.isEmpty()) {
            return;
        }
        PreparedBatch batch =
                handle.prepareBatch(
                        """
                        insert into chunks (id, document_id, version, collection_id, splitter_version, ordinal, start_offset, end_offset,
                                            page, locator, heading, context, places, text)
                        values (:id, :documentId, :version, :collectionId, :splitter, :ordinal, :start, :end, :page, :locator, :heading, :context, :placesJson::jsonb, :text)
                        on conflict (id) do nothing\
                        """);
        chunks.forEach(chunk ->
                batch.bindMethods(chunk)
                        .bind("splitter", Splitter.VERSION)
                        .bind("placesJson", Json.text(chunk.places()))
                        .add());
        batch.execute();
    }

    @Override
    public List<Chunk> chunksWithoutVector(Lease lease, String fingerprint) {
        return database.read(
                "jobs.chunksWithoutVector",
                handle ->
                        handle.createQuery(
                                        """
                                        select k.* from chunks k left join chunk_vectors v on v.chunk_id = k.id and v.fingerprint = :fingerprint
                                        where k.document_id = :documentId and k.version = :version and v.chunk_id is null order by k.ordinal\
                                        """)
                                .bindMethods(lease)
                                .bind("fingerprint", fingerprint)
                                .map(ChunkRows::chunk)
                                .list());
    }

    @Override
    public void keepVectors(Lease lease, String fingerprint, List<EmbeddedChunk> chunks) {
        fenced(
                "jobs.keepVectors",
                lease,
                handle -> {
                    PreparedBatch batch =
                            handle.prepareBatch(
                                    """
                                    insert into chunk_vectors (chunk_id, fingerprint, vector) values (:chunk, :fingerprint, :vector)
                                    on conflict (chunk_id, fingerprint) do nothing\
                                    """);
                    for (EmbeddedChunk embedded : chunks) {
                        batch.bind("chunk", embedded.chunk().id())
                                .bind("fingerprint", fingerprint)
                                .bind("vector", ChunkRows.bytes(embedded.vector()))
                                .add();
                    }
                    batch.execute();
                });
    }

    @Override
    public void publish(Lease lease) {
        fenced(
                "jobs.publish",
                lease,
                handle -> {
                    handle.createUpdate(
                                    """
                                    update document_versions set state = 'ready', ready_at = now(), progress_stage = null, progress_done = 0, progress_total = 0
                                    where document_id = :documentId and version = :version\
                                    """)
                            .bindMethods(lease)
                            .execute();
                    UUID owner =
                            handle.createQuery(
                                            "select user_id from ingestion_jobs where id = :jobId")
                                    .bindMethods(lease)
                                    .mapTo(UUID.class)
                                    .one();
                    Optional<Integer> replaced =
                            handle.createQuery(
                                            "select active_version from documents where id = :documentId and active_version is not null for update")
                                    .bindMethods(lease)
                                    .mapTo(Integer.class)
                                    .findOne();
                    handle.createUpdate(
                                    "update documents set active_version = :version where id = :documentId")
                            .bindMethods(lease)
                            .execute();
                    endJob(handle, lease);
                    replaced.ifPresent(version ->
                            KnowledgeLog.append(
                                    handle,
                                    LogEntry.Kind.VERSION_GONE,
                                    lease.documentId(),
                                    version,
                                    owner));
                    KnowledgeLog.append(
                            handle,
                            LogEntry.Kind.VERSION_READY,
                            lease.documentId(),
                            lease.version(),
                            owner);
                });
    }

    @Override
    public void fail(Lease lease, String code, String detail) {
        fenced(
                "jobs.fail",
                lease,
                handle -> {
                    handle.createUpdate(
                                    """
                                    update document_versions set state = 'failed', failure_code = :code, failure_detail = :detail,
                                           progress_stage = null, progress_done = 0, progress_total = 0
                                    where document_id = :documentId and version = :version\
                                    """)
                            .bindMethods(lease)
                            .bind("code", code)
                            .bind("detail", detail)
                            .execute();
                    endJob(handle, lease);
                });
    }

    private static void endJob(Handle handle, Lease lease) {
        handle.createUpdate("delete from ingestion_jobs where id = :jobId")
                .bindMethods(lease)
                .execute();
    }

    @Override
    public void retryAfter(Lease lease, Duration wait) {
        fenced(
                "jobs.retryAfter",
                lease,
                handle -> {
                    handle.createUpdate(
                                    "update ingestion_jobs set lease_until = null, failures = failures + 1, run_after = now() + :wait where id = :jobId")
                            .bindMethods(lease)
                            .bind("wait", wait)
                            .execute();
                    handle.createUpdate(
                                    """
                                    update document_versions set state = 'queued', progress_stage = null, progress_done = 0, progress_total = 0
                                    where document_id = :documentId and version = :version\
                                    """)
                            .bindMethods(lease)
                            .execute();
                });
    }

    @Override
    public Depth depth() {
        return database.read(
                "jobs.depth",
                handle ->
                        handle.createQuery(
                                        """
                                        select count(*) as waiting, coalesce(extract(epoch from now() - min(created_at)), 0)::bigint as oldest from ingestion_jobs\
                                        """)
                                .map((row, context) ->
                                        new Depth(
                                                row.getLong("waiting"),
                                                Duration.ofSeconds(row.getLong("oldest"))))
                                .one());
    }

    @Override
    public int releaseAll() {
        return database.write(
                "jobs.releaseAll",
                handle ->
                        handle.createUpdate(
                                        """
                                        with released as (
                                            update ingestion_jobs set lease_until = null
                                            where lease_until is not null returning document_id, version)
                                        update document_versions v set state = 'queued', progress_stage = null, progress_done = 0, progress_total = 0
                                        from released r where v.document_id = r.document_id and v.version = r.version\
                                        """)
                                .execute());
    }

    private interface Write {
        void in(Handle handle);
    }

    /**
     * The job's row is locked until the commit, so that nobody can take the lease over in between.
     */
    private void fenced(String name, Lease lease, Write write) {
        database.write(
                name,
                handle -> {
                    boolean held =
                            handle.createQuery(
                                            "select 1 from ingestion_jobs where id = :jobId and fence = :fence for update")
                                    .bindMethods(lease)
                                    .mapTo(Integer.class)
                                    .findOne()
                                    .isPresent();
                    if (!held) {
                        throw new LeaseLost(lease);
                    }
                    write.in(handle);
                    return lease;
                });
    }
}
