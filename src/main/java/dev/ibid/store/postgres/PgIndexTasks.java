package dev.ibid.store.postgres;

import com.github.f4b6a3.uuid.UuidCreator;

import dev.ibid.json.Json;
import dev.ibid.knowledge.IndexReport;
import dev.ibid.knowledge.IndexTask;
import dev.ibid.knowledge.IndexTasks;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

public final class PgIndexTasks implements IndexTasks {

    private final Database database;

    public PgIndexTasks(Database database) {
        this.database = database;
    }

    @Override
    public IndexTask request(IndexTask.Kind kind) {
        String name = kind.name().toLowerCase(Locale.ROOT);
        return database.write(
                "indexTasks.request",
                handle -> {
                    handle.execute("lock table index_tasks in share row exclusive mode");
                    return waiting(handle, name).orElseGet(() -> insert(handle, name));
                });
    }

    private static Optional<IndexTask> waiting(Handle handle, String kind) {
        return handle.createQuery(
                        "select * from index_tasks where ended_at is null and kind = :kind order by requested_at limit 1")
                .bind("kind", kind)
                .map(PgIndexTasks::task)
                .findOne();
    }

    private static IndexTask insert(Handle handle, String kind) {
        return handle.createQuery(
                        "insert into index_tasks (id, kind) values (:id, :kind) returning *")
                .bind("id", UuidCreator.getTimeOrderedEpoch())
                .bind("kind", kind)
                .map(PgIndexTasks::task)
                .one();
    }

    @Override
    public Optional<IndexTask> find(UUID id) {
        return database.read(
                "indexTasks.find",
                handle ->
                        handle.createQuery("select * from index_tasks where id = :id")
                                .bind("id", id)
                                .map(PgIndexTasks::task)
                                .findOne());
    }

    @Override
    public Optional<IndexTask> begin() {
        return database.write(
                "indexTasks.begin",
                handle ->
                        handle.createQuery(
                                        """
                                        update index_tasks set started_at = coalesce(started_at, now())
                                        where id = (select id from index_tasks where ended_at is null order by requested_at limit 1)
                                        returning *\
                                        """)
                                .map(PgIndexTasks::task)
                                .findOne());
    }

    @Override
    public void progress(UUID id, int done, int total) {
        database.write(
                "indexTasks.progress",
                handle ->
                        handle.createUpdate(
                                        "update index_tasks set done = :done, total = :total where id = :id")
                                .bind("id", id)
                                .bind("done", done)
                                .bind("total", total)
                                .execute());
    }

    @Override
    public void end(UUID id, IndexReport report) {
        database.write(
                "indexTasks.end",
                handle ->
                        handle.createUpdate(
                                        """
                                        update index_tasks set ended_at = now(), done = total, report = :report::jsonb where id = :id\
                                        """)
                                .bind("id", id)
                                .bind("report", Json.text(report))
                                .execute());
    }

    @Override
    public void fail(UUID id, String why) {
        database.write(
                "indexTasks.fail",
                handle ->
                        handle.createUpdate(
                                        "update index_tasks set ended_at = now(), failure = :why where id = :id")
                                .bind("id", id)
                                .bind("why", why)
                                .execute());
    }

    private static IndexTask task(ResultSet row, StatementContext context) throws SQLException {
        String report = row.getString("report");
        return new IndexTask(
                row.getObject("id", UUID.class),
                IndexTask.Kind.valueOf(row.getString("kind").toUpperCase(Locale.ROOT)),
                Rows.instant(row, "requested_at").orElse(Instant.EPOCH),
                Rows.instant(row, "started_at").orElse(null),
                Rows.instant(row, "ended_at").orElse(null),
                row.getInt("done"),
                row.getInt("total"),
                report == null ? null : Json.read(report, IndexReport.class),
                row.getString("failure"));
    }
}
