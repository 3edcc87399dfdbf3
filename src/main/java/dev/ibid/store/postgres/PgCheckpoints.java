package dev.ibid.store.postgres;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;

import dev.ibid.extraction.ExtractedText;
import dev.ibid.ingestion.Checkpoints;
import dev.ibid.ingestion.Jobs.Lease;
import dev.ibid.ingestion.Splitter;
import dev.ibid.ingestion.Stage;
import dev.ibid.json.Json;
import dev.ibid.knowledge.Chunk;
import dev.ibid.knowledge.EmbeddedChunk;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

public final class PgCheckpoints implements Checkpoints {

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
                                    "update document_versions set pages = :pages where document_id = :documentId and version = :version")
                            .bindMethods(lease)
                            .bind("pages", text.pages())
                            .execute();
                });
    }

    @Override
    public void keepChunks(Lease lease, List<Chunk> chunks) {
        fence.write(
                "checkpoints.keepChunks",
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
                "checkpoints.chunksWithoutVector",
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
        fence.write(
                "checkpoints.keepVectors",
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
}
