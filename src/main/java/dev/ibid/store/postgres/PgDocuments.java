package dev.ibid.store.postgres;

import dev.ibid.documents.Document;
import dev.ibid.documents.Documents;
import dev.ibid.documents.MemberRole;
import dev.ibid.listing.Listing;
import dev.ibid.listing.Page;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

public final class PgDocuments implements Documents {

    private final Database database;

    public PgDocuments(Database database) {
        this.database = database;
    }

    @Override
    public Listing<Document> list(UUID userId, Optional<UUID> collectionId, Page page) {
        return database.read(
                "documents.list",
                handle ->
                        Listing.cut(
                                handle.createQuery(
                                                DocumentRow.SELECT
                                                        + """
                                                        and (:collection::uuid is null or d.collection_id = :collection)
                                                        and (:after::uuid is null or d.id < :after) order by d.id desc limit :limit\
                                                        """)
                                        .bind("user", userId)
                                        .bind("collection", collectionId.orElse(null))
                                        .bind("after", page.afterId())
                                        .bind("limit", page.limit() + 1)
                                        .map(DocumentRow::document)
                                        .list(),
                                page,
                                Document::id));
    }

    @Override
    public Optional<Document> find(UUID userId, UUID documentId) {
        return database.read(
                "documents.find", handle -> DocumentRow.one(handle, userId, documentId));
    }

    @Override
    public Optional<MemberRole> roleIn(UUID userId, UUID documentId) {
        return database.read(
                "documents.role",
                handle ->
                        handle.createQuery(
                                        """
                                        select m.role from documents d
                                        join collections c on c.id = d.collection_id and c.deleted_at is null
                                        join collection_members m on m.collection_id = c.id and m.user_id = :user
                                        where d.id = :id and d.deleted_at is null\
                                        """)
                                .bind("user", userId)
                                .bind("id", documentId)
                                .mapTo(String.class)
                                .findOne()
                                .map(role -> MemberRole.valueOf(role.toUpperCase(Locale.ROOT))));
    }

    @Override
    public Optional<OriginalFile> original(
            UUID userId, UUID documentId, Optional<Integer> version) {
        return database.read(
                "documents.original",
                handle ->
                        handle.createQuery(
                                        """
                                        select v.original, v.name, v.media_type from documents d
                                        join collections c on c.id = d.collection_id and c.deleted_at is null
                                        join collection_members m on m.collection_id = c.id and m.user_id = :user
                                        join document_versions v on v.document_id = d.id
                                        where d.id = :id and d.deleted_at is null
                                          and case when :version::int is null
                                                   then v.version = coalesce(d.active_version, (select max(version) from document_versions where document_id = d.id))
                                                   else v.version = :version and v.ready_at is not null end\
                                        """)
                                .bind("user", userId)
                                .bind("id", documentId)
                                .bind("version", version.orElse(null))
                                .map((row, context) ->
                                        new OriginalFile(
                                                row.getString("original"),
                                                row.getString("name"),
                                                row.getString("media_type")))
                                .findOne());
    }

    @Override
    public Listing<ChunkView> chunks(UUID documentId, Page page) {
        return database.read(
                "documents.chunks",
                handle ->
                        Listing.cut(
                                handle.createQuery(
                                                """
                                                select k.* from chunks k join documents d on d.id = k.document_id and d.active_version = k.version
                                                where d.id = :id and d.deleted_at is null and k.ordinal > :after order by k.ordinal limit :limit\
                                                """)
                                        .bind("id", documentId)
                                        .bind("after", page.afterNumber().orElse(-1))
                                        .bind("limit", page.limit() + 1)
                                        .map(PgDocuments::chunk)
                                        .list(),
                                page,
                                ChunkView::ordinal));
    }

    private static ChunkView chunk(ResultSet row, StatementContext context) throws SQLException {
        return new ChunkView(
                row.getObject("id", UUID.class),
                row.getInt("ordinal"),
                Rows.integer(row, "page"),
                row.getString("locator"),
                row.getString("heading"),
                row.getInt("start_offset"),
                row.getInt("end_offset"),
                row.getString("text"));
    }

    @Override
    public void delete(UUID userId, UUID documentId) {
        database.write(
                "documents.delete",
                handle -> {
                    delete(handle, userId, List.of(documentId));
                    return documentId;
                });
    }

    /**
     * Leaves tombstones and open receipts. Whoever holds a lease finds the job gone and stops; the
     * contents go later, so that nobody has to wait for a large document.
     */
    static void delete(Handle handle, UUID userId, List<UUID> documentIds) {
        List<UUID> deleted =
                handle.createQuery(
                                """
                                with living as (
                                    select id from documents where id = any(:ids) and deleted_at is null order by id for no key update)
                                update documents d set deleted_at = now() from living l where d.id = l.id returning d.id\
                                """)
                        .bindArray("ids", UUID.class, documentIds.toArray())
                        .mapTo(UUID.class)
                        .list();
        if (deleted.isEmpty()) {
            return;
        }
        handle.createUpdate("delete from ingestion_jobs where document_id = any(:ids)")
                .bindArray("ids", UUID.class, deleted.toArray())
                .execute();
        handle.createUpdate(
                        "insert into erasures (document_id, requested_by) select id, :user from unnest(:ids) as gone (id)")
                .bind("user", userId)
                .bindArray("ids", UUID.class, deleted.toArray())
                .execute();
        KnowledgeLog.documentsGone(handle, deleted, userId);
    }

    @Override
    public Set<String> referenced(Set<String> originals) {
        return database.read(
                "documents.referenced",
                handle ->
                        handle.createQuery(
                                        """
                                        select v.original from document_versions v join documents d on d.id = v.document_id
                                        where v.original = any(:originals) and d.deleted_at is null and v.failure_code is distinct from 'superseded'\
                                        """)
                                .bindArray("originals", String.class, originals.toArray())
                                .mapTo(String.class)
                                .set());
    }
}
