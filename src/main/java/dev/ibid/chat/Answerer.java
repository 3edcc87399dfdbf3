package dev.ibid.chat;

import java.util.Optional;

/** A way to answer a question from its passages. Safe for use by many threads at once. */
public sealed interface Answerer permits ExtractiveAnswers, ModelAnswers {

    /** What the answer's message names as its author. */
    String name();

    /**
     * Writes the answer and returns when it is whole or was stopped. Blocks the virtual thread that
     * calls it; what is written may come from another thread, such as an event loop.
     *
     * @return what it cost, if that is known
     * @throws dev.ibid.failure.Failure when the answer cannot be had; what was written before it
     *     stays
     */
    Optional<Message.Usage> answer(Question question, Draft draft);
}
