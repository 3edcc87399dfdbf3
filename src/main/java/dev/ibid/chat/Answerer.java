package dev.ibid.chat;

import dev.ibid.models.Completion;

import org.jspecify.annotations.Nullable;

/** A way to answer a question from its passages. Safe for use by many threads at once. */
public sealed interface Answerer permits ExtractiveAnswers, ModelAnswers {

    /** What the answer's message names as its author. */
    String name();

    /**
     * Writes the answer and returns when it is whole or was stopped. Blocks the virtual thread that
     * calls it; what is written may come from another thread, such as an event loop.
     *
     * @throws dev.ibid.failure.Failure when the answer cannot be had; what was written before it
     *     stays
     */
    End answer(Question question, Draft draft);

    /**
     * How the writing ended.
     *
     * @param whole false if it was cut short: by somebody, or because it came to the most that an
     *     answer may be
     * @param usage what it cost, if that is known
     */
    record End(boolean whole, Completion.@Nullable Usage usage) {}
}
