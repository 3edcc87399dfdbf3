package dev.ibid.chat;

import dev.ibid.failure.Failure;
import dev.ibid.text.TextGate;

import org.jspecify.annotations.Nullable;

import java.util.UUID;

/** Finds the conversation that a question belongs to, or begins it. */
final class Opening {

    /** The assistant that answers from the documents; the only one there is. */
    static final String DOCUMENTS = "documents";

    private static final String UNTITLED = "New conversation";
    private static final int LONGEST_TITLE = 80;

    private final ChatConfig config;
    private final Conversations conversations;
    private final ChatMeters meters;

    Opening(ChatConfig config, Conversations conversations, ChatMeters meters) {
        this.config = config;
        this.conversations = conversations;
        this.meters = meters;
    }

    /**
     * @throws Failure of kind INVALID naming the field, or NOT_FOUND
     */
    Conversation open(UUID userId, ChatRequest request) {
        check(request);
        String assistant = assistant(request.assistant());
        if (request.conversationId() instanceof UUID id) {
            return existing(userId, id, request.assistant());
        }
        String title = titleOf(request.message());
        if (request.sessionId() instanceof String sessionId) {
            Conversations.Found found =
                    conversations.ofSession(userId, assistant, sessionId, title);
            if (found.isNew()) {
                meters.conversationBegun();
            }
            return found.conversation();
        }
        return begin(userId, assistant, title);
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

    private Conversation existing(UUID userId, UUID id, @Nullable String assistant) {
        Conversation conversation =
                conversations.find(userId, id).orElseThrow(() -> Failure.notFound("conversation"));
        if (assistant != null && !conversation.assistant().equals(assistant)) {
            throw Failure.invalid(
                    "assistant", "This conversation is with another assistant. Begin a new one.");
        }
        return conversation;
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
