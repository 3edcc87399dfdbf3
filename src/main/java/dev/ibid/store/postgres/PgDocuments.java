package dev.ibid.store.postgres;

import com.github.f4b6a3.uuid.UuidCreator;

import dev.ibid.documents.Document;
import dev.ibid.documents.Documents;
import dev.ibid.documents.MemberRole;
import dev.ibid.knowledge.LogEntry;
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
    public Added add(Upload upload) {
        return database.write(
                "documents.add",
                handle -> {
                    lockCollection(handle, upload.collectionId());
                    Optional<UUID> twin = twin(handle, upload);
                    twin.ifPresentOrElse(existing -> {}, () -> insert(handle, upload));
                    UUID id = twin.orElse(upload.documentId());
                    return new Added(
                            one(handle, upload.ownerId(), id).orElseThrow(), twin.isPresent());
                });
    }

    /** Two uploads of the same bytes must see each other. */
    private static void lockCollection(Handle handle, UUID collectionId) {
        handle.createQuery("select 1 from collections where id = :id for update")
                .bind("id", collectionId)
                .mapTo(Integer.class)
                .one();
    }

    private static Optional<UUID> twin(Handle handle, Upload upload) {
        return handle.createQuery(
                        """
                        select d.id from documents d join document_versions v on v.document_id = d.id
                        where d.collection_id = :collection and d.deleted_at is null and v.sha256 = :sha256 and v.state <> 'failed'
                          and v.version >= coalesce(d.active_version, 1)
                        order by d.id limit 1\
                        """)
                .bind("collection", upload.collectionId())
                .bind("sha256", upload.sha256())
                .mapTo(UUID.class)
                .findOne();
    }

    private static void insert(Handle handle, Upload upload) {
        handle.createUpdate(
                        """
                        insert into documents (id, collection_id, owner_id, name, media_type)
                        values (:documentId, :collectionId, :ownerId, :name, :mediaType)\
                        """)
                .bindMethods(upload)
                .execute();
        handle.createUpdate(
                        """
                        insert into document_versions (document_id, version, name, media_type, uploaded_by, sha256, bytes, original, state)
                        values (:documentId, 1, :name, :mediaType, :ownerId, :sha256, :bytes, :original, 'queued')\
                        """)
                .bindMethods(upload)
                .execute();
        handle.createUpdate(
                        """
                        insert into ingestion_jobs (id, document_id, version, user_id, bytes)
                        values (:job, :documentId, 1, :ownerId, :bytes)\
                        """)
                .bind("job", UuidCreator.getTimeOrderedEpoch())
                .bindMethods(upload)
                .execute();
        handle.execute("notify ingestion");
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
        return database.read("documents.find", handle -> one(handle, userId, documentId));
    }

    private static Optional<Document> one(Handle handle, UUID userId, UUID documentId) {
        return handle.createQuery(DocumentRow.SELECT + "and d.id = :id")
                .bind("user", userId)
                .bind("id", documentId)
                .map(DocumentRow::document)
                .findOne();
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
    public Optional<OriginalFile> original(UUID userId, UUID documentId) {
        return find(userId, documentId)
                .flatMap(document ->
                        database.read(
                                "documents.original",
                                handle ->
                                        handle.createQuery(
                                                        "select original from document_versions where document_id = :id and version = :version")
                                                .bind("id", documentId)
                                                .bind("version", document.version())
                                                .mapTo(String.class)
                                                .findOne()
                                                .map(original ->
                                                        new OriginalFile(
                                                                original,
                                                                document.name(),
                                                                document.mediaType()))));
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
    public List<String> delete(UUID userId, UUID documentId) {
        return database.write("documents.delete", handle -> delete(handle, userId, documentId));
    }

    /**
     * Leaves the tombstone and the versions' facts; text, chunks and vectors go, and whoever holds
     * a lease finds the job gone and stops.
     */
    static List<String> delete(Handle handle, UUID userId, UUID documentId) {
        int deleted =
                handle.createUpdate(
                                "update documents set deleted_at = now() where id = :id and deleted_at is null")
                        .bind("id", documentId)
                        .execute();
        if (deleted == 0) {
            return List.of();
        }
        for (String table : List.of("ingestion_jobs", "chunks", "document_texts")) {
            handle.createUpdate("delete from <table> where document_id = :id")
                    .define("table", table)
                    .bind("id", documentId)
                    .execute();
        }
        List<String> originals =
                handle.createQuery("select original from document_versions where document_id = :id")
                        .bind("id", documentId)
                        .mapTo(String.class)
                        .list();
        KnowledgeLog.append(handle, LogEntry.Kind.DOCUMENT_GONE, documentId, null, userId);
        return originals;
    }

    @Override
    public Set<String> referenced(Set<String> originals) {
        return database.read(
                "documents.referenced",
                handle ->
                        handle.createQuery(
                                        """
                                        select v.original from document_versions v join documents d on d.id = v.document_id
                                        where v.original = any(:originals) and d.deleted_at is null\
                                        """)
                                .bindArray("originals", String.class, originals.toArray())
                                .mapTo(String.class)
                                .set());
    }
}
