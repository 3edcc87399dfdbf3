package dev.ibid.store.postgres;

import dev.ibid.models.AnsweringEmbedding;
import dev.ibid.models.EmbeddingFingerprint;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

public final class PgAnsweringEmbedding implements AnsweringEmbedding {

    /** Each statement has seconds only, and a library may have millions of vectors. */
    private static final int AT_ONCE = 10_000;

    private final Database database;

    public PgAnsweringEmbedding(Database database) {
        this.database = database;
    }

    @Override
    public Optional<EmbeddingFingerprint> current() {
        return database.read("answering.current", PgAnsweringEmbedding::current);
    }

    private static Optional<EmbeddingFingerprint> current(Handle handle) {
        return handle.createQuery("select * from answering_embedding")
                .map(PgAnsweringEmbedding::fingerprint)
                .findOne();
    }

    @Override
    public EmbeddingFingerprint first(EmbeddingFingerprint candidate) {
        return database.write(
                "answering.first",
                handle -> {
                    keep(handle, candidate, "do nothing");
                    return current(handle).orElseThrow();
                });
    }

    /** Whoever publishes takes the head of the log last, so it stands still while it is held. */
    @Override
    public boolean become(EmbeddingFingerprint next) {
        return database.write(
                "answering.become",
                handle -> {
                    handle.execute("select number from log_head for update");
                    boolean complete = !isAnyMissing(handle, next);
                    if (complete) {
                        keep(
                                handle,
                                next,
                                """
                                do update set fingerprint = excluded.fingerprint, provider = excluded.provider, model = excluded.model,
                                dimension = excluded.dimension, prefix = excluded.prefix, splitter_version = excluded.splitter_version, since = now()\
                                """);
                    }
                    return complete;
                });
    }

    private static boolean isAnyMissing(Handle handle, EmbeddingFingerprint next) {
        return handle.createQuery(
                        """
                        select exists (
                            select 1 from chunks k
                            join documents d on d.id = k.document_id and d.active_version = k.version and d.deleted_at is null
                            where not exists (select 1 from chunk_vectors v where v.chunk_id = k.id and v.fingerprint = :fingerprint))\
                        """)
                .bind("fingerprint", next.slug())
                .mapTo(Boolean.class)
                .one();
    }

    private static void keep(Handle handle, EmbeddingFingerprint next, String otherwise) {
        handle.createUpdate(
                        """
                        insert into answering_embedding (fingerprint, provider, model, dimension, prefix, splitter_version)
                        values (:slug, :provider, :model, :dimension, :prefix, :splitter) on conflict (only_row) \
                        """
                                + otherwise)
                .bindMethods(next)
                .execute();
    }

    @Override
    public void dropOthers(EmbeddingFingerprint kept) {
        int dropped = AT_ONCE;
        while (dropped == AT_ONCE) {
            dropped =
                    database.write(
                            "answering.dropOthers",
                            handle ->
                                    handle.createUpdate(
                                                    """
                                                    delete from chunk_vectors where ctid = any(array(
                                                        select ctid from chunk_vectors where fingerprint <> :kept limit :most))\
                                                    """)
                                            .bind("kept", kept.slug())
                                            .bind("most", AT_ONCE)
                                            .execute());
        }
    }

    private static EmbeddingFingerprint fingerprint(ResultSet row, StatementContext context)
            throws SQLException {
        return new EmbeddingFingerprint(
                row.getString("provider"),
                row.getString("model"),
                row.getInt("dimension"),
                row.getString("prefix"),
                row.getInt("splitter_version"));
    }
}
