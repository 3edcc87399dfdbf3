package dev.ibid.store.postgres;

import com.github.f4b6a3.uuid.UuidCreator;

import dev.ibid.chat.Message;
import dev.ibid.chat.Messages;
import dev.ibid.chat.Messages.Place;
import dev.ibid.chat.Messages.Turn;
import dev.ibid.failure.Failure;

import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Begins a turn of a conversation, inside a transaction and in as few statements as it takes. */
final class Turns {

    private Turns() {}

    /**
     * A conversation whose row is held until the turn is committed, so that turns come one after
     * the other.
     */
    private record Held(UUID conversationId, boolean isNew, @Nullable UUID leaf) {}

    static Turn begin(Handle transaction, UUID userId, Place place, String question) {
        Held held =
                switch (place) {
                    case Place.Existing existing ->
                            existing(transaction, userId, existing.conversationId());
                    case Place.OfSession session -> ofSession(transaction, userId, session);
                    case Place.Fresh fresh -> fresh(transaction, userId, fresh);
                };
        return turn(transaction, held, question);
    }

    private static Held existing(Handle transaction, UUID userId, UUID conversationId) {
        return transaction
                .createQuery(
                        "select id, active_leaf from conversations where id = :id and user_id = :user for update")
                .bind("id", conversationId)
                .bind("user", userId)
                .map((row, context) -> held(row))
                .findOne()
                .orElseThrow(() -> Failure.notFound("conversation"));
    }

    private static Held ofSession(Handle transaction, UUID userId, Place.OfSession session) {
        return PgConversations.insert(
                        transaction,
                        userId,
                        session.assistant(),
                        session.sessionId(),
                        session.title())
                .map(begun -> new Held(begun.id(), true, null))
                .orElseGet(() -> known(transaction, userId, session));
    }

    private static Held known(Handle transaction, UUID userId, Place.OfSession session) {
        return transaction
                .createQuery(
                        """
                        select id, active_leaf from conversations
                        where user_id = :user and assistant_id = :assistant and session_id = :session for update\
                        """)
                .bind("user", userId)
                .bind("assistant", session.assistant())
                .bind("session", session.sessionId())
                .map((row, context) -> held(row))
                .findOne()
                .orElseThrow(() -> Failure.notFound("conversation"));
    }

    private static Held fresh(Handle transaction, UUID userId, Place.Fresh fresh) {
        UUID id =
                PgConversations.insert(transaction, userId, fresh.assistant(), null, fresh.title())
                        .orElseThrow()
                        .id();
        return new Held(id, true, null);
    }

    private static Held held(ResultSet row) throws SQLException {
        return new Held(
                row.getObject("id", UUID.class), false, row.getObject("active_leaf", UUID.class));
    }

    /**
     * A statement of its own: it has to see the turn that was committed while the row was waited
     * for.
     */
    private static Turn turn(Handle transaction, Held held, String text) {
        UUID question = UuidCreator.getTimeOrderedEpochPlus1();
        UUID answer = UuidCreator.getTimeOrderedEpochPlus1();
        Optional<Instant> begunAt =
                transaction
                        .createQuery(
                                """
                                with free as (
                                    select where not exists (select 1 from messages where conversation_id = :conversation and status = 'running'
                                        and created_at > now() - make_interval(secs => :longest))),
                                question as (
                                    insert into messages (id, conversation_id, parent_id, role, content, status)
                                    select :question, :conversation, cast(:leaf as uuid), 'user', :text, 'complete' from free),
                                answer as (
                                    insert into messages (id, conversation_id, parent_id, role, content, status)
                                    select :answer, :conversation, :question, 'assistant', '', 'running' from free)
                                update conversations set active_leaf = :answer, updated_at = now() from free
                                where id = :conversation returning now() as begun_at\
                                """)
                        .bind("conversation", held.conversationId())
                        .bind("longest", Messages.LONGEST_ANSWER.toSeconds())
                        .bind("question", question)
                        .bind("leaf", held.leaf())
                        .bind("text", text)
                        .bind("answer", answer)
                        .map((row, context) -> Rows.instant(row, "begun_at").orElseThrow())
                        .findOne();
        Instant at = begunAt.orElseThrow(Turns::underWay);
        return new Turn(
                held.conversationId(),
                held.isNew(),
                message(question, held.leaf(), Message.Role.USER, text, at),
                message(answer, question, Message.Role.ASSISTANT, "", at));
    }

    private static Message message(
            UUID id, @Nullable UUID parentId, Message.Role role, String content, Instant at) {
        Message.Status status =
                role == Message.Role.USER ? Message.Status.COMPLETE : Message.Status.RUNNING;
        return new Message(
                id, parentId, role, content, status, List.of(), List.of(), List.of(), null, null,
                at);
    }

    private static Failure underWay() {
        return Failure.of(
                Failure.Kind.CONFLICT,
                "answer_under_way",
                "An answer is still being written in this conversation. Wait for it, or stop it.");
    }
}
