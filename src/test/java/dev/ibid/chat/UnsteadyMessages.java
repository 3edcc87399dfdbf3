package dev.ibid.chat;

import com.fasterxml.jackson.databind.JsonNode;

import dev.ibid.failure.Failure;
import dev.ibid.listing.Listing;
import dev.ibid.listing.Page;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;

/** Real messages, of which none can be kept as it ended while {@code out} is set. */
record UnsteadyMessages(Messages messages, AtomicBoolean out) implements Messages {

    @Override
    public boolean finish(Message answer, Trace trace) {
        if (out.get()) {
            throw Failure.unavailable(
                    "out", Duration.ofSeconds(1), new IllegalStateException("out"));
        }
        return messages.finish(answer, trace);
    }

    @Override
    public Turn begin(UUID userId, Place place, String question) {
        return messages.begin(userId, place, question);
    }

    @Override
    public List<Message> activeBranch(UUID userId, UUID conversationId, int limit) {
        return messages.activeBranch(userId, conversationId, limit);
    }

    @Override
    public Optional<Listing<Message>> list(UUID userId, UUID conversationId, Page page) {
        return messages.list(userId, conversationId, page);
    }

    @Override
    public Optional<Message> find(UUID userId, UUID id) {
        return messages.find(userId, id);
    }

    @Override
    public Optional<JsonNode> trace(UUID userId, UUID id) {
        return messages.trace(userId, id);
    }

    @Override
    public boolean rate(UUID userId, UUID id, Feedback feedback) {
        return messages.rate(userId, id, feedback);
    }

    @Override
    public int interruptRunning() {
        return messages.interruptRunning();
    }
}
