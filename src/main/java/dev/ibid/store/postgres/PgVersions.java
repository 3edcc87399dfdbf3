package dev.ibid.store.postgres;

import com.github.f4b6a3.uuid.UuidCreator;

import dev.ibid.documents.Document;
import dev.ibid.documents.Versions;
import dev.ibid.failure.Failure;

import org.jdbi.v3.core.Handle;

import java.util.Optional;
import java.util.UUID;

/**
 * Locks are taken in one order everywhere: collection, document, job, and the head of the log last.
 */
public final class PgVersions implements Versions {

    private final Database database;

    public PgVersions(Database database) {
        this.database = database;
    }

    @Override
    public Queued add(UUID documentId, UUID collectionId, Content content) {
        return database.write(
                "versions.add",
                handle -> {
                    lockLiving(handle, "collections", collectionId);
                    Optional<UUID> twin = twin(handle, collectionId, content);
                    if (twin.isEmpty()) {
                        insertDocument(handle, documentId, collectionId, content);
                        insertVersion(handle, documentId, 1, content);
                    }
                    return new Queued(
                            shown(handle, content.userId(), twin.orElse(documentId)),
                            twin.isPresent());
                });
    }

    /** So that two requests for the same thing see each other. */
    private static void lockLiving(Handle handle, String table, UUID id) {
        boolean living =
                handle.createQuery(
                                "select 1 from <table> where id = :id and deleted_at is null for no key update")
                        .define("table", table)
                        .bind("id", id)
                        .mapTo(Integer.class)
                        .findOne()
                        .isPresent();
        if (!living) {
            throw Failure.notFound(table.substring(0, table.length() - 1));
        }
    }

    private static Optional<UUID> twin(Handle handle, UUID collectionId, Content content) {
        return handle.createQuery(
                        """
                        select d.id from documents d join document_versions v on v.document_id = d.id
                        where d.collection_id = :collection and d.deleted_at is null and v.sha256 = :sha256 and v.media_type = :mediaType
                          and v.state <> 'failed' and v.version >= coalesce(d.active_version, 1)
                        order by d.id limit 1\
                        """)
                .bind("collection", collectionId)
                .bindMethods(content)
                .mapTo(UUID.class)
                .findOne();
    }

    @Override
    public Queued replace(UUID documentId, Content content) {
        return database.write(
                "versions.replace",
                handle -> {
                    lockLiving(handle, "documents", documentId);
                    boolean existing = isNewest(handle, documentId, content);
                    if (!existing) {
                        giveUpPending(handle, documentId);
                        existing = isNewest(handle, documentId, content);
                    }
                    if (!existing) {
                        insertVersion(handle, documentId, nextVersion(handle, documentId), content);
                    }
                    return new Queued(shown(handle, content.userId(), documentId), existing);
                });
    }

    private static boolean isNewest(Handle handle, UUID documentId, Content content) {
        return handle.createQuery(
                        """
                        select sha256 = :sha256 and media_type = :mediaType from document_versions
                        where document_id = :document and state <> 'failed' order by version desc limit 1\
                        """)
                .bind("document", documentId)
                .bindMethods(content)
                .mapTo(Boolean.class)
                .findOne()
                .orElse(false);
    }

    /** Whoever works on it finds its job gone and stops. */
    private static void giveUpPending(Handle handle, UUID documentId) {
        Optional<Integer> pending =
                handle.createQuery(
                                "delete from ingestion_jobs where document_id = :document returning version")
                        .bind("document", documentId)
                        .mapTo(Integer.class)
                        .findOne();
        if (pending.isEmpty()) {
            return;
        }
        handle.createUpdate(
                        """
                        update document_versions
                        set state = 'failed', failure_code = 'superseded', failure_detail = 'A newer file was uploaded before this one was ready.',
                            progress_stage = null, progress_done = 0, progress_total = 0
                        where document_id = :document and version = :version\
                        """)
                .bind("document", documentId)
                .bind("version", pending.get())
                .execute();
        VersionContents.remove(handle, documentId, pending.get());
    }

    private static int nextVersion(Handle handle, UUID documentId) {
        return handle.createQuery(
                        "select max(version) + 1 from document_versions where document_id = :document")
                .bind("document", documentId)
                .mapTo(Integer.class)
                .one();
    }

    @Override
    public boolean retry(UUID documentId) {
        return database.write(
                "versions.retry",
                handle -> {
                    lockLiving(handle, "documents", documentId);
                    Optional<Integer> failed = requeueFailed(handle, documentId);
                    failed.ifPresent(version -> insertJob(handle, documentId, version));
                    return failed.isPresent();
                });
    }

    private static Optional<Integer> requeueFailed(Handle handle, UUID documentId) {
        return handle.createQuery(
                        """
                        update document_versions set state = 'queued', failure_code = null, failure_detail = null
                        where document_id = :document and state = 'failed'
                          and version = (select max(version) from document_versions where document_id = :document)
                        returning version\
                        """)
                .bind("document", documentId)
                .mapTo(Integer.class)
                .findOne();
    }

    private static void insertDocument(
            Handle handle, UUID documentId, UUID collectionId, Content content) {
        handle.createUpdate(
                        """
                        insert into documents (id, collection_id, owner_id, name, media_type)
                        values (:document, :collection, :userId, :name, :mediaType)\
                        """)
                .bind("document", documentId)
                .bind("collection", collectionId)
                .bindMethods(content)
                .execute();
    }

    private static void insertVersion(
            Handle handle, UUID documentId, int version, Content content) {
        handle.createUpdate(
                        """
                        insert into document_versions (document_id, version, name, media_type, uploaded_by, sha256, bytes, original, state)
                        values (:document, :version, :name, :mediaType, :userId, :sha256, :bytes, :original, 'queued')\
                        """)
                .bind("document", documentId)
                .bind("version", version)
                .bindMethods(content)
                .execute();
        insertJob(handle, documentId, version);
    }

    private static void insertJob(Handle handle, UUID documentId, int version) {
        handle.createUpdate(
                        """
                        insert into ingestion_jobs (id, document_id, version, user_id, bytes)
                        select :job, document_id, version, uploaded_by, bytes from document_versions
                        where document_id = :document and version = :version\
                        """)
                .bind("job", UuidCreator.getTimeOrderedEpoch())
                .bind("document", documentId)
                .bind("version", version)
                .execute();
    }

    private static Document shown(Handle handle, UUID userId, UUID documentId) {
        return DocumentRow.one(handle, userId, documentId)
                .orElseThrow(() -> Failure.notFound("document"));
    }
}
