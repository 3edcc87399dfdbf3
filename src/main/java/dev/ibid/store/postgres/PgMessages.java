package dev.ibid.store.postgres;

import com.fasterxml.jackson.databind.JsonNode;

import dev.ibid.chat.Citation;
import dev.ibid.chat.Feedback;
import dev.ibid.chat.Message;
import dev.ibid.chat.Messages;
import dev.ibid.chat.Trace;
import dev.ibid.json.Json;
import dev.ibid.listing.Listing;
import dev.ibid.listing.Page;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

public final class PgMessages implements Messages {

    /** All but the trace, which may be long and is asked for by itself. */
    private static final String COLUMNS =
            "m.id, m.parent_id, m.role, m.content, m.status, m.citations, m.recommendations, m.tool_calls, m.model, m.usage, m.created_at";

    private final Database database;

    public PgMessages(Database database) {
        this.database = database;
    }

    @Override
    public Turn begin(UUID userId, Place place, String question) {
        return database.write(
                "messages.begin", handle -> Turns.begin(handle, userId, place, question));
    }

    @Override
    public boolean finish(Message answer, Trace trace) {
        return database.write(
                "messages.finish",
                handle ->
                        handle.createUpdate(
                                                """
                                                update messages set content = :content, status = :status, citations = cast(:citations as jsonb),
                                                    model = :model, usage = cast(:usage as jsonb), trace = cast(:trace as jsonb)
                                                where id = :id and role = 'assistant' and trace is null\
                                                """)
                                        .bind("id", answer.id())
                                        .bind("content", answer.content())
                                        .bind("status", lower(answer.status()))
                                        .bind("citations", Json.text(answer.citations()))
                                        .bind("model", answer.model())
                                        .bind(
                                                "usage",
                                                answer.usage() == null
                                                        ? null
                                                        : Json.text(answer.usage()))
                                        .bind("trace", Json.text(trace))
                                        .execute()
                                > 0);
    }

    @Override
    public List<Message> activeBranch(UUID userId, UUID conversationId, int limit) {
        return database.read(
                "messages.branch",
                handle ->
                        handle.createQuery(
                                        """
                                        with recursive branch as (
                                            select m.id, m.parent_id, 1 as depth from messages m
                                            join conversations c on c.active_leaf = m.id
                                            where c.id = :conversation and c.user_id = :user
                                            union all
                                            select m.id, m.parent_id, b.depth + 1 from messages m
                                            join branch b on m.id = b.parent_id where b.depth < :limit)
                                        select <columns> from messages m join branch b on b.id = m.id order by b.depth desc\
                                        """)
                                .define("columns", COLUMNS)
                                .bind("conversation", conversationId)
                                .bind("user", userId)
                                .bind("limit", limit)
                                .map(PgMessages::message)
                                .list());
    }

    @Override
    public Optional<Listing<Message>> list(UUID userId, UUID conversationId, Page page) {
        return database.read(
                "messages.list",
                handle ->
                        owns(handle, userId, conversationId)
                                ? Optional.of(
                                        Listing.cut(
                                                rows(handle, conversationId, page),
                                                page,
                                                Message::id))
                                : Optional.empty());
    }

    @Override
    public Optional<Message> find(UUID userId, UUID id) {
        return database.read(
                "messages.find",
                handle ->
                        handle.createQuery(
                                        """
                                        select <columns> from messages m join conversations c on c.id = m.conversation_id
                                        where m.id = :id and c.user_id = :user\
                                        """)
                                .define("columns", COLUMNS)
                                .bind("id", id)
                                .bind("user", userId)
                                .map(PgMessages::message)
                                .findOne());
    }

    @Override
    public Optional<JsonNode> trace(UUID userId, UUID id) {
        return database.read(
                "messages.trace",
                handle ->
                        handle.createQuery(
                                        """
                                        select coalesce(m.trace, 'null') from messages m
                                        join conversations c on c.id = m.conversation_id
                                        where m.id = :id and c.user_id = :user and m.role = 'assistant'\
                                        """)
                                .bind("id", id)
                                .bind("user", userId)
                                .mapTo(String.class)
                                .findOne()
                                .map(json -> Json.read(json, JsonNode.class)));
    }

    @Override
    public boolean rate(UUID userId, UUID id, Feedback feedback) {
        return database.write(
                "messages.rate",
                handle ->
                        handle.createUpdate(
                                                """
                                                insert into message_feedback (message_id, user_id, rating, comment)
                                                select m.id, c.user_id, :rating, :comment from messages m
                                                join conversations c on c.id = m.conversation_id
                                                where m.id = :id and c.user_id = :user and m.role = 'assistant'
                                                on conflict (message_id, user_id) do update
                                                set rating = excluded.rating, comment = excluded.comment, created_at = now()\
                                                """)
                                        .bind("id", id)
                                        .bind("user", userId)
                                        .bind("rating", lower(feedback.rating()))
                                        .bind("comment", feedback.comment())
                                        .execute()
                                > 0);
    }

    @Override
    public int interruptRunning() {
        return database.write(
                "messages.interrupt",
                handle ->
                        handle.execute(
                                "update messages set status = 'interrupted' where status = 'running'"));
    }

    private static boolean owns(Handle handle, UUID userId, UUID conversationId) {
        return handle.createQuery(
                        "select exists (select 1 from conversations where id = :id and user_id = :user)")
                .bind("id", conversationId)
                .bind("user", userId)
                .mapTo(Boolean.class)
                .one();
    }

    private static List<Message> rows(Handle handle, UUID conversationId, Page page) {
        return handle.createQuery(
                        """
                        select <columns> from messages m where conversation_id = :id
                        and (cast(:after as uuid) is null or id > :after) order by id limit :limit\
                        """)
                .define("columns", COLUMNS)
                .bind("id", conversationId)
                .bind("after", page.afterId())
                .bind("limit", page.limit() + 1)
                .map(PgMessages::message)
                .list();
    }

    private static Message message(ResultSet row, StatementContext context) throws SQLException {
        @Nullable String usage = row.getString("usage");
        return new Message(
                row.getObject("id", UUID.class),
                row.getObject("parent_id", UUID.class),
                Message.Role.valueOf(row.getString("role").toUpperCase(Locale.ROOT)),
                row.getString("content"),
                Message.Status.valueOf(row.getString("status").toUpperCase(Locale.ROOT)),
                List.of(Json.read(row.getString("citations"), Citation[].class)),
                List.of(Json.read(row.getString("recommendations"), JsonNode[].class)),
                List.of(Json.read(row.getString("tool_calls"), JsonNode[].class)),
                row.getString("model"),
                usage == null ? null : Json.read(usage, Message.Usage.class),
                Rows.instant(row, "created_at").orElseThrow());
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
