package dev.ibid.knowledge;

import dev.ibid.auth.Caller;
import dev.ibid.auth.Role;
import dev.ibid.store.postgres.Database;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.UUID;
import java.util.function.BiFunction;

/**
 * Puts people, collections and documents that are ready into a database, as the other rooms would
 * have done.
 */
public final class Shelf {

    public static final String FINGERPRINT = "test";

    private final Database database;
    private final BiFunction<String, Integer, float[]> vectors;

    /**
     * @param vectors of a text and its ordinal
     */
    public Shelf(Database database, BiFunction<String, Integer, float[]> vectors) {
        this.database = database;
        this.vectors = vectors;
    }

    public Caller person(String name) {
        UUID id = UUID.randomUUID();
        database.write(
                "test.person",
                handle ->
                        handle.execute(
                                "insert into users (id, email, role, password_hash) values (?, ?, 'user', '')",
                                id,
                                name + "-" + id + "@example.org"));
        return new Caller(id, name + "@example.org", Role.USER, UUID.randomUUID());
    }

    public UUID collection(Caller owner) {
        UUID id = UUID.randomUUID();
        database.write(
                "test.collection",
                handle -> {
                    handle.execute(
                            "insert into collections (id, owner_id, name) values (?, ?, 'papers')",
                            id,
                            owner.userId());
                    return share(handle, id, owner, "owner");
                });
        return id;
    }

    void share(UUID collectionId, Caller reader) {
        database.write("test.share", handle -> share(handle, collectionId, reader, "viewer"));
    }

    void unshare(UUID collectionId, Caller reader) {
        database.write(
                "test.unshare",
                handle ->
                        handle.execute(
                                "delete from collection_members where collection_id = ? and user_id = ?",
                                collectionId,
                                reader.userId()));
    }

    /** A document in its first version, with a chunk for each text. */
    public UUID document(UUID collectionId, Caller owner, List<String> texts) {
        UUID id = UUID.randomUUID();
        database.write(
                "test.document",
                handle -> {
                    handle.execute(
                            "insert into documents (id, collection_id, owner_id, name, media_type) values (?, ?, ?, ?, 'text/plain')",
                            id,
                            collectionId,
                            owner.userId(),
                            "document " + id);
                    publish(handle, collectionId, id, 1, owner, texts);
                    return id;
                });
        return id;
    }

    /** Another version, which takes the place of the one before. */
    void replace(
            UUID collectionId, UUID documentId, int version, Caller owner, List<String> texts) {
        database.write(
                "test.replace",
                handle -> {
                    publish(handle, collectionId, documentId, version, owner, texts);
                    log(handle, "version_gone", documentId, version - 1, owner);
                    return version;
                });
    }

    void delete(UUID documentId, Caller owner) {
        database.write(
                "test.delete",
                handle -> {
                    handle.execute(
                            "update documents set deleted_at = now() where id = ?", documentId);
                    log(handle, "document_gone", documentId, null, owner);
                    return documentId;
                });
    }

    /** Deletes a document without a word to those who follow the log. */
    void deleteSilently(UUID documentId) {
        database.write(
                "test.deleteSilently",
                handle ->
                        handle.execute(
                                "update documents set deleted_at = now() where id = ?",
                                documentId));
    }

    private void publish(
            Handle handle,
            UUID collectionId,
            UUID documentId,
            int version,
            Caller owner,
            List<String> texts) {
        handle.execute(
                """
                insert into document_versions (document_id, version, name, media_type, uploaded_by, sha256, bytes, original, state)
                select id, ?, name, media_type, owner_id, '', 1, '', 'ready' from documents where id = ?\
                """,
                version,
                documentId);
        PreparedBatch chunks =
                handle.prepareBatch(
                        """
                        insert into chunks (id, document_id, version, collection_id, splitter_version, ordinal, start_offset, end_offset, text)
                        values (?, ?, ?, ?, 1, ?, 0, ?, ?)\
                        """);
        PreparedBatch vectorRows =
                handle.prepareBatch(
                        "insert into chunk_vectors (chunk_id, fingerprint, vector) values (?, ?, ?)");
        for (int ordinal = 0; ordinal < texts.size(); ordinal++) {
            UUID id = UUID.randomUUID();
            String text = texts.get(ordinal);
            chunks.add(id, documentId, version, collectionId, ordinal, text.length(), text);
            vectorRows.add(id, FINGERPRINT, bytes(vectors.apply(text, ordinal)));
        }
        chunks.execute();
        vectorRows.execute();
        handle.execute("update documents set active_version = ? where id = ?", version, documentId);
        log(handle, "version_ready", documentId, version, owner);
    }

    private static int share(Handle handle, UUID collectionId, Caller reader, String role) {
        return handle.execute(
                "insert into collection_members (collection_id, user_id, role) values (?, ?, ?)",
                collectionId,
                reader.userId(),
                role);
    }

    private static void log(
            Handle handle, String kind, UUID documentId, @Nullable Integer version, Caller by) {
        handle.createUpdate(
                        """
                        with head as (update log_head set number = number + 1 returning number)
                        insert into knowledge_log (number, kind, document_id, version, user_id)
                        select number, :kind, :document, :version, :user from head\
                        """)
                .bind("kind", kind)
                .bind("document", documentId)
                .bind("version", version)
                .bind("user", by.userId())
                .execute();
    }

    private static byte[] bytes(float[] vector) {
        ByteBuffer bytes =
                ByteBuffer.allocate(vector.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(vector);
        return bytes.array();
    }
}
