package dev.ibid.models;

import org.jspecify.annotations.Nullable;

/**
 * How an answer ended.
 *
 * @param model the model that answered, as the provider names it
 * @param usage what the provider says it counted, if it does
 */
public record Completion(Finish finish, String model, @Nullable Usage usage) {

    public enum Finish {
        /** The model had said all it wanted. */
        STOP,
        /** The model reached the number of tokens it was allowed. */
        LENGTH,
        /** The provider's content filter ended the answer. */
        FILTERED,
        /** We stopped an answer that went on and on. */
        CUT,
        OTHER
    }

    public record Usage(int inputTokens, int outputTokens) {}
}
