package dev.ibid.models;

import dev.ibid.failure.Failure;

/**
 * Hears an answer: any number of tokens, then {@code complete} or {@code failed} exactly once;
 * after a cancellation neither.
 */
public interface TokenListener {

    /** The next piece of text, not empty, never with half a surrogate pair at its end. */
    void token(String delta);

    void complete(Completion completion);

    /** The tokens so far, if any, are not the whole answer. */
    void failed(Failure failure);
}
