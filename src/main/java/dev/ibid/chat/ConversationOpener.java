package dev.ibid.chat;

import dev.ibid.failure.Failure;
import dev.ibid.text.TextGate;

import org.jspecify.annotations.Nullable;

import java.util.UUID;

/** Finds the conversation that a question belongs to, or begins it. */
final class ConversationOpener {

    /** The assistant that answers from the documents; the only one there is. */
    static final String DOCUMENTS = "documents";

    private static final String UNTITLED = "New conversation";
    private static final int LONGEST_TITLE = 80;

    private final ChatConfig config;
    private final Conversations conversations;
    private final Messages messages;
    private final ChatMeters meters;

    ConversationOpener(
            ChatConfig config, Conversations conversations, Messages messages, ChatMeters meters) {
        this.config = config;
        this.conversations = conversations;
        this.messages = messages;
        this.meters = meters;
    }

    /**
     * Keeps a question in its conversation.
     *
     * @throws Failure of kind INVALID naming the field, or what {@link Messages#begin} throws
     */
    Messages.Turn begin(UUID userId, ChatRequest request) {
        check(request);
        Messages.Turn turn = messages.begin(userId, place(request), request.message());
        if (turn.opens()) {
            meters.conversationBegun();
        }
        meters.turnBegun();
        return turn;
    }

    private static Messages.Place place(ChatRequest request) {
        String assistant = assistant(request.assistant());
        if (request.conversationId() instanceof UUID id) {
            return new Messages.Place.Existing(id);
        }
        String title = titleOf(request.message());
        return request.sessionId() instanceof String sessionId
                ? new Messages.Place.OfSession(assistant, sessionId, title)
                : new Messages.Place.Fresh(assistant, title);
    }

    /** A conversation without a question yet. */
    Conversation begin(UUID userId, @Nullable String assistant, @Nullable String title) {
        Conversation begun =
                conversations.create(
                        userId,
                        assistant(assistant),
                        title == null ? UNTITLED : TextGate.line(title));
        meters.conversationBegun();
        return begun;
    }

    private void check(ChatRequest request) {
        if (request.message().isBlank()) {
            throw Failure.invalid("message", "Ask a question.");
        }
        int length = request.message().codePointCount(0, request.message().length());
        if (length > config.maxMessageLength()) {
            throw Failure.invalid(
                    "message",
                    "The message has "
                            + length
                            + " characters; "
                            + config.maxMessageLength()
                            + " are allowed. Shorten it.");
        }
        if (request.conversationId() != null && request.sessionId() != null) {
            throw Failure.invalid(
                    "sessionId",
                    "Name the conversation by conversationId or by sessionId, not by both.");
        }
    }

    private static String assistant(@Nullable String name) {
        if (name != null && !name.equals(DOCUMENTS)) {
            throw Failure.invalid(
                    "assistant",
                    "There is no such assistant. Leave it out, or ask \"" + DOCUMENTS + "\".");
        }
        return DOCUMENTS;
    }

    private static String titleOf(String question) {
        String line = TextGate.line(question);
        if (line.codePointCount(0, line.length()) <= LONGEST_TITLE) {
            return line;
        }
        String cut = line.substring(0, line.offsetByCodePoints(0, LONGEST_TITLE - 1));
        int space = cut.lastIndexOf(' ');
        return (space > cut.length() / 2 ? cut.substring(0, space) : cut) + "…";
    }
}
