package dev.ibid.chat;

import com.fasterxml.jackson.databind.JsonNode;

import dev.ibid.citations.Citation;
import dev.ibid.models.Completion;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * One message of a conversation's tree.
 *
 * @param parentId the message it answers; null for the first
 * @param content Markdown in answers; as it was typed in questions
 * @param model what wrote it; {@link ExtractiveAnswers#NAME} where no model did, null in questions
 */
public record Message(
        UUID id,
        @Nullable UUID parentId,
        Role role,
        String content,
        Status status,
        List<Citation> citations,
        List<JsonNode> recommendations,
        List<JsonNode> toolCalls,
        @Nullable String model,
        Completion.@Nullable Usage usage,
        Instant createdAt) {

    public enum Role {
        USER,
        ASSISTANT
    }

    public enum Status {
        /** Being written; left so by a process that died, until the next one starts. */
        RUNNING,
        COMPLETE,
        /**
         * Stopped by somebody, or with the process that wrote it, or at the most that an answer may
         * be. The content is what there was.
         */
        INTERRUPTED,
        FAILED
    }

    public Message {
        citations = List.copyOf(citations);
        recommendations = List.copyOf(recommendations);
        toolCalls = List.copyOf(toolCalls);
    }

    /** The message as its writing ended. */
    Message ended(
            Status status,
            String content,
            List<Citation> citations,
            @Nullable String model,
            Completion.@Nullable Usage usage) {
        return new Message(
                id,
                parentId,
                role,
                content,
                status,
                citations,
                recommendations,
                toolCalls,
                model,
                usage,
                createdAt);
    }
}
