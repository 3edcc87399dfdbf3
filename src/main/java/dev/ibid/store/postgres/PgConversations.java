package dev.ibid.store.postgres;

import com.github.f4b6a3.uuid.UuidCreator;

import dev.ibid.chat.Conversation;
import dev.ibid.chat.Conversations;
import dev.ibid.listing.Listing;
import dev.ibid.listing.Page;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

public final class PgConversations implements Conversations {

    private final Database database;

    public PgConversations(Database database) {
        this.database = database;
    }

    @Override
    public Conversation create(UUID userId, String assistant, String title) {
        return database.write(
                        "conversations.create",
                        handle -> insert(handle, userId, assistant, null, title))
                .orElseThrow();
    }

    @Override
    public Optional<Conversation> find(UUID userId, UUID id) {
        return database.read(
                "conversations.find",
                handle ->
                        handle.createQuery(
                                        "select * from conversations where id = :id and user_id = :user")
                                .bind("id", id)
                                .bind("user", userId)
                                .map(PgConversations::conversation)
                                .findOne());
    }

    @Override
    public Listing<Conversation> list(UUID userId, Filter filter, Page page) {
        Place after = Place.of(page.after());
        List<Conversation> rows =
                database.read(
                        "conversations.list",
                        handle ->
                                handle.createQuery(
                                                """
                                                select * from conversations c
                                                where user_id = :user and (archived_at is not null) = :archived
                                                and (cast(:at as timestamptz) is null or (updated_at, id) < (:at, :id))
                                                and (cast(:like as text) is null or title ilike :like or exists (
                                                    select 1 from messages m where m.conversation_id = c.id and m.content ilike :like))
                                                order by updated_at desc, id desc limit :limit\
                                                """)
                                        .bind("user", userId)
                                        .bind("archived", filter.archived())
                                        .bind(
                                                "at",
                                                after.at() == null
                                                        ? null
                                                        : after.at().atOffset(ZoneOffset.UTC))
                                        .bind("id", after.id())
                                        .bind(
                                                "like",
                                                filter.text() == null ? null : like(filter.text()))
                                        .bind("limit", page.limit() + 1)
                                        .map(PgConversations::conversation)
                                        .list());
        return Listing.cut(rows, page, row -> row.updatedAt() + " " + row.id());
    }

    @Override
    public Optional<Conversation> change(
            UUID userId, UUID id, @Nullable String title, @Nullable Boolean archived) {
        return database.write(
                "conversations.change",
                handle ->
                        handle.createQuery(
                                        """
                                        update conversations set
                                            title = coalesce(:title, title),
                                            archived_at = case
                                                when cast(:archived as boolean) is null then archived_at
                                                when :archived then coalesce(archived_at, now()) end
                                        where id = :id and user_id = :user returning *\
                                        """)
                                .bind("id", id)
                                .bind("user", userId)
                                .bind("title", title)
                                .bind("archived", archived)
                                .map(PgConversations::conversation)
                                .findOne());
    }

    @Override
    public boolean delete(UUID userId, UUID id) {
        return database.write(
                "conversations.delete",
                handle ->
                        handle.createUpdate(
                                                "delete from conversations where id = :id and user_id = :user")
                                        .bind("id", id)
                                        .bind("user", userId)
                                        .execute()
                                > 0);
    }

    /** Empty if the session has a conversation already. */
    static Optional<Conversation> insert(
            Handle handle,
            UUID userId,
            String assistant,
            @Nullable String sessionId,
            String title) {
        return handle.createQuery(
                        """
                        insert into conversations (id, user_id, assistant_id, session_id, title)
                        values (:id, :user, :assistant, :session, :title)
                        on conflict (user_id, assistant_id, session_id) where session_id is not null do nothing
                        returning *\
                        """)
                .bind("id", UuidCreator.getTimeOrderedEpoch())
                .bind("user", userId)
                .bind("assistant", assistant)
                .bind("session", sessionId)
                .bind("title", title)
                .map(PgConversations::conversation)
                .findOne();
    }

    private static String like(String text) {
        return "%" + text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%";
    }

    private static Conversation conversation(ResultSet row, StatementContext context)
            throws SQLException {
        return new Conversation(
                row.getObject("id", UUID.class),
                row.getString("title"),
                row.getString("assistant_id"),
                row.getString("session_id"),
                row.getObject("active_leaf", UUID.class),
                Rows.instant(row, "created_at").orElseThrow(),
                Rows.instant(row, "updated_at").orElseThrow(),
                Rows.instant(row, "archived_at").orElse(null));
    }

    /** The last conversation that was seen. */
    private record Place(@Nullable Instant at, @Nullable UUID id) {

        static Place of(@Nullable String key) {
            if (key == null) {
                return new Place(null, null);
            }
            try {
                String[] parts = key.split(" ", 2);
                return new Place(Instant.parse(parts[0]), UUID.fromString(parts[1]));
            } catch (DateTimeException
                    | IllegalArgumentException
                    | ArrayIndexOutOfBoundsException forged) {
                throw Page.unknownCursor();
            }
        }
    }
}
