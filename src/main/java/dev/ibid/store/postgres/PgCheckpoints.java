package dev.ibid.store.postgres;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;

import dev.ibid.extraction.ExtractedText;
import dev.ibid.ingestion.Checkpoints;
import dev.ibid.ingestion.Jobs.Lease;
import dev.ibid.ingestion.Stage;
import dev.ibid.json.Json;
import dev.ibid.knowledge.Chunk;
import dev.ibid.knowledge.EmbeddedChunk;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

public final class PgCheckpoints implements Checkpoints {

    private static final String WITHOUT_VECTOR =
            """
            from chunks k where k.document_id = :documentId and k.version = :version
              and not exists (select 1 from chunk_vectors v where v.chunk_id = k.id and v.fingerprint = :fingerprint)\
            """;

    private final Database database;
    private final Fence fence;

    public PgCheckpoints(Database database) {
        this.database = database;
        this.fence = new Fence(database);
    }

    @Override
    public void progress(Lease lease, Stage stage, int done, int total) {
        fence.write(
                "checkpoints.progress",
                lease,
                handle -> setProgress(handle, lease, stage, done, total));
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
                "checkpoints.text",
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
        fence.write(
                "checkpoints.keepText",
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
                                    "update document_versions set pages = :pages, chunk_count = null where document_id = :documentId and version = :version")
                            .bindMethods(lease)
                            .bind("pages", text.pages())
                            .execute();
                    forgive(handle, lease);
                });
    }

    /** What takes the work further for good shows that earlier attempts were not in vain. */
    private static void forgive(Handle handle, Lease lease) {
        handle.createUpdate(
                        """
                        update ingestion_jobs set attempts = 0, failures = 0, crashes = 0, defects = 0, failing_since = null where id = :jobId\
                        """)
                .bindMethods(lease)
                .execute();
    }

    @Override
    public Optional<Integer> chunks(Lease lease, int splitterVersion) {
        return database.read(
                "checkpoints.chunks",
                handle ->
                        handle.createQuery(
                                        """
                                        select v.chunk_count from document_versions v
                                        where v.document_id = :documentId and v.version = :version
                                          and v.chunk_count = (select count(*) from chunks k
                                            where k.document_id = v.document_id and k.version = v.version and k.splitter_version = :splitter)\
                                        """)
                                .bindMethods(lease)
                                .bind("splitter", splitterVersion)
                                .mapTo(Integer.class)
                                .findOne());
    }

    @Override
    public void keepChunks(Lease lease, int splitterVersion, List<Chunk> slice, int total) {
        fence.write(
                "checkpoints.keepChunks",
                lease,
                handle -> {
                    if (slice.isEmpty() || slice.getFirst().ordinal() == 0) {
                        handle.createUpdate(
                                        "delete from chunks where document_id = :documentId and version = :version")
                                .bindMethods(lease)
                                .execute();
                    }
                    insertChunks(handle, splitterVersion, slice);
                    if (slice.isEmpty() || slice.getLast().ordinal() == total - 1) {
                        complete(handle, lease, total);
                    }
                });
    }

    private static void insertChunks(Handle handle, int splitterVersion, List<Chunk> chunks) {
        if (chunks.isEmpty()) {
            return;
        }
        PreparedBatch batch =
                handle.prepareBatch(
                        """
                        insert into chunks (id, document_id, version, collection_id, splitter_version, ordinal, start_offset, end_offset,
                                            page, locator, heading, context, places, text)
                        values (:id, :documentId, :version, :collectionId, :splitter, :ordinal, :start, :end, :page, :locator, :heading, :context, :placesJson::jsonb, :text)\
                        """);
        chunks.forEach(chunk ->
                batch.bindMethods(chunk)
                        .bind("splitter", splitterVersion)
                        .bind("placesJson", Json.text(chunk.places()))
                        .add());
        batch.execute();
    }

    private static void complete(Handle handle, Lease lease, int total) {
        handle.createUpdate(
                        "update document_versions set chunk_count = :count where document_id = :documentId and version = :version")
                .bindMethods(lease)
                .bind("count", total)
                .execute();
        forgive(handle, lease);
    }

    @Override
    public int withoutVector(Lease lease, String fingerprint) {
        return database.read(
                "checkpoints.withoutVector",
                handle ->
                        handle.createQuery("select count(*) " + WITHOUT_VECTOR)
                                .bindMethods(lease)
                                .bind("fingerprint", fingerprint)
                                .mapTo(Integer.class)
                                .one());
    }

    @Override
    public List<Chunk> nextWithoutVector(Lease lease, String fingerprint, int ordinal, int limit) {
        return database.read(
                "checkpoints.nextWithoutVector",
                handle ->
                        handle.createQuery(
                                        "select k.* "
                                                + WITHOUT_VECTOR
                                                + " and k.ordinal >= :ordinal order by k.ordinal limit :limit")
                                .bindMethods(lease)
                                .bind("fingerprint", fingerprint)
                                .bind("ordinal", ordinal)
                                .bind("limit", limit)
                                .map(ChunkRows::chunk)
                                .list());
    }

    @Override
    public void keepVectors(
            Lease lease, String fingerprint, List<EmbeddedChunk> chunks, int done, int total) {
        fence.write(
                "checkpoints.keepVectors",
                lease,
                handle -> {
                    insertVectors(handle, fingerprint, chunks);
                    setProgress(handle, lease, Stage.EMBEDDING, done, total);
                    forgive(handle, lease);
                });
    }

    private static void insertVectors(
            Handle handle, String fingerprint, List<EmbeddedChunk> chunks) {
        PreparedBatch batch =
                handle.prepareBatch(
                        """
                        insert into chunk_vectors (chunk_id, fingerprint, vector) values (:chunk, :fingerprint, :vector)
                        on conflict (chunk_id, fingerprint) do nothing\
                        """);
        ChunkRows.insertVectors(batch, fingerprint, chunks);
    }
}
