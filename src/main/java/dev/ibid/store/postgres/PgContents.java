package dev.ibid.store.postgres;

import dev.ibid.knowledge.Chunk;
import dev.ibid.knowledge.Contents;
import dev.ibid.knowledge.DocumentVersion;
import dev.ibid.knowledge.EmbeddedChunk;
import dev.ibid.knowledge.LogEntry;
import dev.ibid.knowledge.LogPart;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.StatementContext;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;

public final class PgContents implements Contents {

    /** Chunks that may be found: what the indexes hold, neither more nor less. */
    private static final String ACTIVE =
            """
            from chunks k join documents d on d.id = k.document_id and d.active_version = k.version and d.deleted_at is null
            """;

    private static final String OF_VERSION =
            "where k.document_id = :document and k.version = :version ";

    private static final String WITHOUT_VECTOR =
            ACTIVE
                    + "where not exists (select 1 from chunk_vectors v where v.chunk_id = k.id and v.fingerprint = :fingerprint) ";

    private final Database database;

    public PgContents(Database database) {
        this.database = database;
    }

    @Override
    public LogPart logAfter(long number, int limit) {
        return database.read(
                "contents.logAfter",
                handle -> {
                    long head = head(handle);
                    return new LogPart(head, entries(handle, number, head, limit));
                });
    }

    private static long head(Handle handle) {
        return handle.createQuery("select number from log_head").mapTo(Long.class).one();
    }

    private static List<LogEntry> entries(Handle handle, long after, long through, int limit) {
        if (after >= through) {
            return List.of();
        }
        return handle.createQuery(
                        """
                        select number, kind, document_id, version from knowledge_log
                        where number > :after and number <= :through order by number limit :limit\
                        """)
                .bind("after", after)
                .bind("through", through)
                .bind("limit", limit)
                .map(PgContents::entry)
                .list();
    }

    @Override
    public List<DocumentVersion> activeVersions() {
        return database.read(
                "contents.activeVersions",
                handle ->
                        handle.createQuery(
                                        """
                                        select id, active_version from documents
                                        where active_version is not null and deleted_at is null order by id\
                                        """)
                                .map((row, context) ->
                                        new DocumentVersion(
                                                row.getObject("id", UUID.class),
                                                row.getInt("active_version")))
                                .list());
    }

    @Override
    public Set<UUID> ids(UUID documentId, int version) {
        return new HashSet<>(
                database.read(
                        "contents.ids",
                        handle ->
                                handle.createQuery("select k.id " + ACTIVE + OF_VERSION)
                                        .bind("document", documentId)
                                        .bind("version", version)
                                        .mapTo(UUID.class)
                                        .list()));
    }

    @Override
    public List<Chunk> chunks(UUID documentId, int version, int from, int limit) {
        return database.read(
                "contents.chunks",
                handle ->
                        handle.createQuery(
                                        "select k.* "
                                                + ACTIVE
                                                + OF_VERSION
                                                + "and k.ordinal >= :from order by k.ordinal limit :limit")
                                .bind("document", documentId)
                                .bind("version", version)
                                .bind("from", from)
                                .bind("limit", limit)
                                .map(ChunkRows::chunk)
                                .list());
    }

    @Override
    public List<EmbeddedChunk> embeddedChunks(
            UUID documentId, int version, String fingerprint, int from, int limit) {
        return database.read(
                "contents.embeddedChunks",
                handle ->
                        handle.createQuery(
                                        "select k.*, v.vector "
                                                + ACTIVE
                                                + "join chunk_vectors v on v.chunk_id = k.id and v.fingerprint = :fingerprint "
                                                + OF_VERSION
                                                + "and k.ordinal >= :from order by k.ordinal limit :limit")
                                .bind("document", documentId)
                                .bind("version", version)
                                .bind("fingerprint", fingerprint)
                                .bind("from", from)
                                .bind("limit", limit)
                                .map(PgContents::embedded)
                                .list());
    }

    @Override
    public int countWithoutVector(String fingerprint) {
        return database.read(
                "contents.countWithoutVector",
                handle ->
                        handle.createQuery("select count(*) " + WITHOUT_VECTOR)
                                .bind("fingerprint", fingerprint)
                                .mapTo(Integer.class)
                                .one());
    }

    @Override
    public List<Chunk> withoutVector(String fingerprint, int limit) {
        return database.read(
                "contents.withoutVector",
                handle ->
                        handle.createQuery(
                                        "select k.* "
                                                + WITHOUT_VECTOR
                                                + "order by k.document_id, k.ordinal limit :limit")
                                .bind("fingerprint", fingerprint)
                                .bind("limit", limit)
                                .map(ChunkRows::chunk)
                                .list());
    }

    @Override
    public void keepVectors(String fingerprint, List<EmbeddedChunk> chunks) {
        database.write(
                "contents.keepVectors",
                handle -> {
                    PreparedBatch batch =
                            handle.prepareBatch(
                                    """
                                    insert into chunk_vectors (chunk_id, fingerprint, vector)
                                    select id, :fingerprint, :vector from chunks where id = :chunk for key share
                                    on conflict (chunk_id, fingerprint) do nothing\
                                    """);
                    ChunkRows.insertVectors(batch, fingerprint, chunks);
                    return fingerprint;
                });
    }

    private static EmbeddedChunk embedded(ResultSet row, StatementContext context)
            throws SQLException {
        return new EmbeddedChunk(
                ChunkRows.chunk(row, context), ChunkRows.vector(row.getBytes("vector")));
    }

    private static LogEntry entry(ResultSet row, StatementContext context) throws SQLException {
        return new LogEntry(
                row.getLong("number"),
                LogEntry.Kind.valueOf(row.getString("kind").toUpperCase(Locale.ROOT)),
                row.getObject("document_id", UUID.class),
                Rows.integer(row, "version"));
    }
}
