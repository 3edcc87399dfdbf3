package dev.ibid.store.postgres;

import com.fasterxml.jackson.core.type.TypeReference;

import dev.ibid.documents.Erasures;
import dev.ibid.json.Json;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

public final class PgErasures implements Erasures {

    /** A few hundred kilobytes of vectors in one commit. */
    private static final int SLICE = 500;

    private static final TypeReference<LinkedHashMap<String, Long>> COUNTS =
            new TypeReference<>() {};

    private final Database database;

    public PgErasures(Database database) {
        this.database = database;
    }

    @Override
    public List<Open> open(int limit) {
        return database.read(
                "erasures.open",
                handle ->
                        handle.createQuery(
                                        """
                                        select e.document_id, array(select original from document_versions v where v.document_id = e.document_id) as originals
                                        from erasures e where e.erased_at is null order by e.checked_at nulls first, e.requested_at limit :limit\
                                        """)
                                .bind("limit", limit)
                                .map((row, context) ->
                                        new Open(
                                                row.getObject("document_id", UUID.class),
                                                List.of(
                                                        (String[])
                                                                row.getArray("originals")
                                                                        .getArray())))
                                .list());
    }

    @Override
    public void removeContents(UUID documentId) {
        int removed;
        do {
            removed = removeSlice(documentId);
        } while (removed == SLICE);
        database.write(
                "erasures.removeText",
                handle ->
                        handle.createUpdate(
                                        "delete from document_texts where document_id = :document")
                                .bind("document", documentId)
                                .execute());
    }

    private int removeSlice(UUID documentId) {
        return database.write(
                "erasures.removeChunks",
                handle ->
                        handle.createUpdate(
                                        """
                                        delete from chunks where id in (select id from chunks where document_id = :document limit :limit)\
                                        """)
                                .bind("document", documentId)
                                .bind("limit", SLICE)
                                .execute());
    }

    @Override
    public Map<String, Long> inDatabase(UUID documentId) {
        return database.read(
                "erasures.count",
                handle ->
                        handle.createQuery(
                                        """
                                        select (select count(*) from document_texts where document_id = :document) as texts,
                                               (select count(*) from chunks where document_id = :document) as chunks,
                                               (select count(*) from chunk_vectors v join chunks k on k.id = v.chunk_id
                                                where k.document_id = :document) as vectors,
                                               (select count(*) from ingestion_jobs where document_id = :document) as jobs\
                                        """)
                                .bind("document", documentId)
                                .map((row, context) -> counts(row))
                                .one());
    }

    private static Map<String, Long> counts(ResultSet row) throws SQLException {
        Map<String, Long> counts = new LinkedHashMap<>();
        for (String table : List.of("jobs", "texts", "chunks", "vectors")) {
            counts.put(table, row.getLong(table));
        }
        return counts;
    }

    @Override
    public void counted(UUID documentId, Map<String, Long> remains) {
        boolean erased = remains.values().stream().allMatch(count -> count == 0);
        database.write(
                "erasures.counted",
                handle -> {
                    handle.createUpdate(
                                    """
                                    update erasures set checked_at = now(), remains = :remains::jsonb,
                                           erased_at = case when :erased then now() end
                                    where document_id = :document\
                                    """)
                            .bind("document", documentId)
                            .bind("remains", Json.text(remains))
                            .bind("erased", erased)
                            .execute();
                    if (erased) {
                        forgetNames(handle, documentId);
                    }
                    return erased;
                });
    }

    /** A name and a checksum tell what the file was. */
    private static void forgetNames(Handle handle, UUID documentId) {
        handle.createUpdate("update documents set name = '' where id = :document")
                .bind("document", documentId)
                .execute();
        handle.createUpdate(
                        "update document_versions set name = '', sha256 = '' where document_id = :document")
                .bind("document", documentId)
                .execute();
    }

    @Override
    public Optional<Receipt> receipt(UUID userId, UUID documentId) {
        return database.read(
                "erasures.receipt",
                handle ->
                        handle.createQuery(
                                        """
                                        select e.* from erasures e join documents d on d.id = e.document_id
                                        where e.document_id = :document
                                          and (e.requested_by = :user
                                               or exists (select 1 from collection_members m where m.collection_id = d.collection_id and m.user_id = :user))\
                                        """)
                                .bind("document", documentId)
                                .bind("user", userId)
                                .map(PgErasures::toReceipt)
                                .findOne());
    }

    private static Receipt toReceipt(ResultSet row, StatementContext context) throws SQLException {
        return new Receipt(
                row.getObject("document_id", UUID.class),
                Rows.instant(row, "requested_at").orElse(Instant.EPOCH),
                Rows.instant(row, "checked_at").orElse(null),
                Rows.instant(row, "erased_at").orElse(null),
                Json.read(row.getString("remains"), COUNTS));
    }
}
