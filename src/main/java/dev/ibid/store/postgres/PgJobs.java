package dev.ibid.store.postgres;

import dev.ibid.ingestion.Jobs;
import dev.ibid.knowledge.LogEntry;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

public final class PgJobs implements Jobs {

    private final Database database;
    private final Fence fence;

    public PgJobs(Database database) {
        this.database = database;
        this.fence = new Fence(database);
    }

    /**
     * Waiting makes a large file smaller: its bytes count divided by the seconds it has waited, so
     * that it cannot be overtaken for ever. Suspects come last, the least suspect first.
     */
    @Override
    public Optional<Lease> lease(Duration duration, Room room) {
        return database.write(
                "jobs.lease",
                handle ->
                        handle.createQuery(
                                        """
                                        with busy as (
                                            select user_id, count(*) as jobs from ingestion_jobs where lease_until > now() group by user_id),
                                        next as (
                                            select j.id from ingestion_jobs j left join busy b on b.user_id = j.user_id
                                            where j.run_after <= now() and (j.lease_until is null or j.lease_until <= now())
                                              and j.user_id <> all(:heldBack) and (:oneAlone or (j.bytes < :large and j.attempts < :trusted))
                                            order by coalesce(b.jobs, 0), greatest(j.attempts, :trusted),
                                                     j.bytes / greatest(1, extract(epoch from now() - j.created_at)), j.created_at
                                            limit 1 for update of j skip locked),
                                        leased as (
                                            update ingestion_jobs j set fence = j.fence + 1, attempts = j.attempts + 1, lease_until = now() + :duration
                                            from next where j.id = next.id returning j.*)
                                        select l.id, l.document_id, l.version, d.collection_id, l.user_id, v.original, v.media_type, l.bytes, l.fence, l.attempts
                                        from leased l join documents d on d.id = l.document_id
                                        join document_versions v on v.document_id = l.document_id and v.version = l.version\
                                        """)
                                .bind("duration", duration)
                                .bindArray("heldBack", UUID.class, room.heldBack().toArray())
                                .bind("oneAlone", room.oneAlone())
                                .bind("large", LARGE_BYTES)
                                .bind("trusted", TRUSTED_ATTEMPTS)
                                .map(PgJobs::toLease)
                                .findOne());
    }

    private static Lease toLease(ResultSet row, StatementContext context) throws SQLException {
        return new Lease(
                row.getObject("id", UUID.class),
                row.getObject("document_id", UUID.class),
                row.getInt("version"),
                row.getObject("collection_id", UUID.class),
                row.getObject("user_id", UUID.class),
                row.getString("original"),
                row.getString("media_type"),
                row.getLong("bytes"),
                row.getLong("fence"),
                row.getInt("attempts"));
    }

    @Override
    public boolean renew(Lease lease, Duration duration) {
        return database.write(
                        "jobs.renew",
                        handle ->
                                handle.createUpdate(
                                                "update ingestion_jobs set lease_until = now() + :duration where id = :jobId and fence = :fence")
                                        .bind("duration", duration)
                                        .bindMethods(lease)
                                        .execute())
                > 0;
    }

    @Override
    public void publish(Lease lease) {
        fence.write(
                "jobs.publish",
                lease,
                handle -> {
                    markReady(handle, lease);
                    Optional<Integer> replaced = activate(handle, lease);
                    endJob(handle, lease);
                    log(handle, lease, LogEntry.Kind.VERSION_READY, lease.version());
                    replaced.ifPresent(
                            version -> log(handle, lease, LogEntry.Kind.VERSION_GONE, version));
                });
    }

    private static void markReady(Handle handle, Lease lease) {
        handle.createUpdate(
                        """
                        update document_versions
                        set state = 'ready', ready_at = now(), progress_stage = null, progress_done = 0, progress_total = 0
                        where document_id = :documentId and version = :version
                        """)
                .bindMethods(lease)
                .execute();
    }

    /** Returns the version that answered until now, if there was one. */
    private static Optional<Integer> activate(Handle handle, Lease lease) {
        Optional<Integer> replaced =
                handle.createQuery(
                                """
                                select active_version from documents
                                where id = :documentId and active_version is not null for update
                                """)
                        .bindMethods(lease)
                        .mapTo(Integer.class)
                        .findOne();
        handle.createUpdate(
                        """
                        update documents d set active_version = v.version, name = v.name, media_type = v.media_type
                        from document_versions v
                        where d.id = :documentId and v.document_id = d.id and v.version = :version\
                        """)
                .bindMethods(lease)
                .execute();
        replaced.ifPresent(old -> VersionContents.removeChunks(handle, lease.documentId(), old));
        return replaced;
    }

    private static void log(Handle handle, Lease lease, LogEntry.Kind kind, int version) {
        KnowledgeLog.append(handle, kind, lease.documentId(), version, lease.userId());
    }

    @Override
    public void fail(Lease lease, String code, String detail) {
        fence.write(
                "jobs.fail",
                lease,
                handle -> {
                    handle.createUpdate(
                                    """
                                    update document_versions set state = 'failed', failure_code = :code, failure_detail = :detail,
                                           progress_stage = null, progress_done = 0, progress_total = 0
                                    where document_id = :documentId and version = :version\
                                    """)
                            .bindMethods(lease)
                            .bind("code", code)
                            .bind("detail", detail)
                            .execute();
                    endJob(handle, lease);
                });
    }

    private static void endJob(Handle handle, Lease lease) {
        handle.createUpdate("delete from ingestion_jobs where id = :jobId")
                .bindMethods(lease)
                .execute();
    }

    @Override
    public History history(Lease lease) {
        return database.read(
                "jobs.history",
                handle ->
                        handle.createQuery(
                                        """
                                        select failures, crashes, defects, coalesce(extract(epoch from now() - failing_since), 0)::bigint as away
                                        from ingestion_jobs where id = :jobId and fence = :fence\
                                        """)
                                .bindMethods(lease)
                                .map((row, context) ->
                                        new History(
                                                row.getInt("failures"),
                                                row.getInt("crashes"),
                                                row.getInt("defects"),
                                                Duration.ofSeconds(row.getLong("away"))))
                                .findOne()
                                .orElseThrow(() -> new LeaseLost(lease)));
    }

    @Override
    public void retryAfter(Lease lease, Trouble trouble, Duration wait) {
        giveBack(
                "jobs.retryAfter",
                lease,
                handle ->
                        handle.createUpdate(
                                        """
                                        update ingestion_jobs set failures = failures + 1, run_after = now() + :wait,
                                               crashes = crashes + (:trouble = 'CRASH')::int, defects = defects + (:trouble = 'DEFECT')::int,
                                               failing_since = case when :trouble = 'NEIGHBOUR' then coalesce(failing_since, now()) else failing_since end
                                        where id = :jobId\
                                        """)
                                .bindMethods(lease)
                                .bind("trouble", trouble.name())
                                .bind("wait", wait)
                                .execute());
    }

    @Override
    public void release(Lease lease) {
        giveBack("jobs.release", lease, handle -> {});
    }

    @Override
    public void releaseAs(Lease lease, long bytes) {
        giveBack(
                "jobs.releaseAs",
                lease,
                handle ->
                        handle.createUpdate(
                                        "update ingestion_jobs set bytes = :bytes where id = :jobId")
                                .bindMethods(lease)
                                .bind("bytes", bytes)
                                .execute());
    }

    private void giveBack(String name, Lease lease, Fence.Write why) {
        fence.write(
                name,
                lease,
                handle -> {
                    handle.createUpdate(
                                    "update ingestion_jobs set lease_until = null, attempts = 0 where id = :jobId")
                            .bindMethods(lease)
                            .execute();
                    handle.createUpdate(
                                    """
                                    update document_versions set state = 'queued', progress_stage = null, progress_done = 0, progress_total = 0
                                    where document_id = :documentId and version = :version\
                                    """)
                            .bindMethods(lease)
                            .execute();
                    why.in(handle);
                });
    }

    @Override
    public Depth depth() {
        return database.read(
                "jobs.depth",
                handle ->
                        handle.createQuery(
                                        """
                                        select count(*) as waiting, coalesce(extract(epoch from now() - min(created_at)), 0)::bigint as oldest from ingestion_jobs\
                                        """)
                                .map((row, context) ->
                                        new Depth(
                                                row.getLong("waiting"),
                                                Duration.ofSeconds(row.getLong("oldest"))))
                                .one());
    }

    @Override
    public int releaseAll() {
        return database.write(
                "jobs.releaseAll",
                handle ->
                        handle.createUpdate(
                                        """
                                        with released as (
                                            update ingestion_jobs set lease_until = null
                                            where lease_until is not null returning document_id, version)
                                        update document_versions v set state = 'queued', progress_stage = null, progress_done = 0, progress_total = 0
                                        from released r where v.document_id = r.document_id and v.version = r.version
                                        """)
                                .execute());
    }
}
