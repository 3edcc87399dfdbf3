package dev.ibid.store.postgres;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.f4b6a3.uuid.UuidCreator;

import dev.ibid.chat.Citation;
import dev.ibid.chat.Feedback;
import dev.ibid.chat.Message;
import dev.ibid.chat.Messages;
import dev.ibid.chat.Trace;
import dev.ibid.failure.Failure;
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

    private final Database database;

    public PgMessages(Database database) {
        this.database = database;
    }

    @Override
    public Turn begin(UUID userId, UUID conversationId, String question) {
        return database.write(
                "messages.begin",
                handle -> {
                    @Nullable UUID leaf = lockedLeaf(handle, userId, conversationId);
                    refuseIfAnswering(handle, conversationId);
                    Message asked =
                            insert(handle, conversationId, leaf, Message.Role.USER, question);
                    Message answer =
                            insert(handle, conversationId, asked.id(), Message.Role.ASSISTANT, "");
                    handle.createUpdate(
                                    "update conversations set active_leaf = :leaf, updated_at = now() where id = :id")
                            .bind("leaf", answer.id())
                            .bind("id", conversationId)
                            .execute();
                    return new Turn(conversationId, asked, answer);
                });
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
                                            select m.*, 1 as depth from messages m
                                            join conversations c on c.active_leaf = m.id
                                            where c.id = :conversation and c.user_id = :user
                                            union all
                                            select m.*, b.depth + 1 from messages m
                                            join branch b on m.id = b.parent_id where b.depth < :limit)
                                        select * from branch order by depth desc\
                                        """)
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
                                        select m.* from messages m join conversations c on c.id = m.conversation_id
                                        where m.id = :id and c.user_id = :user\
                                        """)
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

    /**
     * Holds the conversation's row until the turn is committed, so that turns come one after the
     * other.
     */
    private static @Nullable UUID lockedLeaf(Handle handle, UUID userId, UUID conversationId) {
        return handle.createQuery(
                        "select active_leaf from conversations where id = :id and user_id = :user for update")
                .bind("id", conversationId)
                .bind("user", userId)
                .map((row, context) ->
                        Optional.ofNullable(row.getObject("active_leaf", UUID.class)))
                .findOne()
                .orElseThrow(() -> Failure.notFound("conversation"))
                .orElse(null);
    }

    private static void refuseIfAnswering(Handle handle, UUID conversationId) {
        boolean answering =
                handle.createQuery(
                                """
                                select exists (select 1 from messages where conversation_id = :id and status = 'running'
                                    and created_at > now() - make_interval(secs => :longest))\
                                """)
                        .bind("id", conversationId)
                        .bind("longest", LONGEST_ANSWER.toSeconds())
                        .mapTo(Boolean.class)
                        .one();
        if (answering) {
            throw Failure.of(
                    Failure.Kind.CONFLICT,
                    "answer_under_way",
                    "An answer is still being written in this conversation. Wait for it, or stop it.");
        }
    }

    private static Message insert(
            Handle handle,
            UUID conversationId,
            @Nullable UUID parentId,
            Message.Role role,
            String content) {
        Message.Status status =
                role == Message.Role.USER ? Message.Status.COMPLETE : Message.Status.RUNNING;
        return handle.createQuery(
                        """
                        insert into messages (id, conversation_id, parent_id, role, content, status)
                        values (:id, :conversation, :parent, :role, :content, :status) returning *\
                        """)
                .bind("id", UuidCreator.getTimeOrderedEpochPlus1())
                .bind("conversation", conversationId)
                .bind("parent", parentId)
                .bind("role", lower(role))
                .bind("content", content)
                .bind("status", lower(status))
                .map(PgMessages::message)
                .one();
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
                        select * from messages where conversation_id = :id
                        and (cast(:after as uuid) is null or id > :after) order by id limit :limit\
                        """)
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
