package dev.ibid.chat;

import com.fasterxml.jackson.databind.JsonNode;

import dev.ibid.listing.Listing;
import dev.ibid.listing.Page;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The messages of conversations as they are kept: trees, of which one branch is active. Found by id
 * and person, like conversations.
 */
public interface Messages {

    Duration LONGEST_ANSWER = Duration.ofMinutes(15);

    /**
     * Adds a question below the active leaf, and below it an answer that is {@link
     * Message.Status#RUNNING}, in one transaction with the conversation if that is new: when this
     * returns, the question survives the death of the process, and the answer's id is known.
     *
     * @throws dev.ibid.failure.Failure of kind NOT_FOUND, or CONFLICT while another answer of the
     *     conversation is being written; one that runs for longer than {@link #LONGEST_ANSWER} was
     *     left behind and is in nobody's way
     */
    Turn begin(UUID userId, Place place, String question);

    /** The conversation that a question belongs to. */
    sealed interface Place {

        record Existing(UUID conversationId) implements Place {}

        /**
         * The one of a session, begun with this title if this is its first question. Two first
         * questions at the same time get the same one.
         */
        record OfSession(String assistant, String sessionId, String title) implements Place {}

        record Fresh(String assistant, String title) implements Place {}
    }

    /**
     * @param opens whether the conversation began with it
     */
    record Turn(UUID conversationId, boolean opens, Message question, Message answer) {}

    /**
     * Keeps an answer as it ended. False if it was kept before or is gone; then nothing changes.
     * That another process took it for left behind does not matter: who wrote it knows better.
     */
    boolean finish(Message answer, Trace trace);

    /** The last messages of the active branch, at most {@code limit}, oldest first. */
    List<Message> activeBranch(UUID userId, UUID conversationId, int limit);

    /** The whole tree, oldest first. Empty if there is no such conversation. */
    Optional<Listing<Message>> list(UUID userId, UUID conversationId, Page page);

    Optional<Message> find(UUID userId, UUID id);

    /** Empty if there is no such answer; JSON null for one that has no trace. */
    Optional<JsonNode> trace(UUID userId, UUID id);

    /** False if there is no such answer. */
    boolean rate(UUID userId, UUID id, Feedback feedback);

    /**
     * Marks all answers as interrupted that are running, for a process that starts and knows of
     * none. Where several processes share the database this takes in answers that another one is
     * writing; each sets it right when it is done ({@link #finish}).
     *
     * @return how many
     */
    int interruptRunning();
}
