package dev.ibid.store.postgres;

import dev.ibid.documents.Document;
import dev.ibid.documents.Document.IngestionFailure;
import dev.ibid.documents.Document.Pending;
import dev.ibid.documents.Document.Progress;
import dev.ibid.documents.VersionState;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/**
 * How a document and its shown and pending versions are read; {@code v} is the version shown,
 * {@code p} the one on its way.
 */
final class DocumentRow {

    /** Documents that {@code :user} may read. */
    static final String SELECT =
            """
            select d.id, d.name, d.media_type, d.collection_id, d.created_at, v.bytes, v.sha256, v.version, v.pages, v.chunk_count, v.ready_at,
                   v.state, v.failure_code, v.failure_detail, v.progress_stage, v.progress_done, v.progress_total,
                   p.version as p_version, p.state as p_state, p.failure_code as p_failure_code, p.failure_detail as p_failure_detail,
                   p.progress_stage as p_progress_stage, p.progress_done as p_progress_done, p.progress_total as p_progress_total
            from documents d
            join collections c on c.id = d.collection_id and c.deleted_at is null
            join collection_members m on m.collection_id = c.id and m.user_id = :user
            join lateral (select max(version) as newest from document_versions where document_id = d.id) n on true
            join document_versions v on v.document_id = d.id and v.version = coalesce(d.active_version, n.newest)
            left join document_versions p on p.document_id = d.id and p.version = n.newest and p.version > v.version
            where d.deleted_at is null
            """;

    private DocumentRow() {}

    static Optional<Document> one(Handle handle, UUID userId, UUID documentId) {
        return handle.createQuery(SELECT + "and d.id = :id")
                .bind("user", userId)
                .bind("id", documentId)
                .map(DocumentRow::document)
                .findOne();
    }

    static Document document(ResultSet row, StatementContext context) throws SQLException {
        return new Document(
                row.getObject("id", UUID.class),
                row.getString("name"),
                row.getString("media_type"),
                row.getLong("bytes"),
                HexFormat.of().formatHex(row.getBytes("sha256")),
                row.getInt("version"),
                row.getObject("collection_id", UUID.class),
                state(row, ""),
                failure(row, ""),
                pending(row),
                Rows.integer(row, "pages"),
                Rows.integer(row, "chunk_count"),
                progress(row, ""),
                Rows.instant(row, "created_at").orElse(Instant.EPOCH),
                Rows.instant(row, "ready_at").orElse(null));
    }

    private static @Nullable Pending pending(ResultSet row) throws SQLException {
        Integer version = Rows.integer(row, "p_version");
        return version == null
                ? null
                : new Pending(version, state(row, "p_"), failure(row, "p_"), progress(row, "p_"));
    }

    private static VersionState state(ResultSet row, String prefix) throws SQLException {
        return VersionState.valueOf(row.getString(prefix + "state").toUpperCase(Locale.ROOT));
    }

    private static @Nullable IngestionFailure failure(ResultSet row, String prefix)
            throws SQLException {
        String code = row.getString(prefix + "failure_code");
        return code == null
                ? null
                : new IngestionFailure(code, row.getString(prefix + "failure_detail"));
    }

    private static Progress progress(ResultSet row, String prefix) throws SQLException {
        return new Progress(
                row.getString(prefix + "progress_stage"),
                row.getInt(prefix + "progress_done"),
                row.getInt(prefix + "progress_total"));
    }
}
