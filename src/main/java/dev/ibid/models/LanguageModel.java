package dev.ibid.models;

/** A model that answers a prompt token by token. Safe for use by many threads at once. */
public interface LanguageModel extends AutoCloseable {

    ModelInfo info();

    /**
     * Starts an answer and returns at once. The callbacks come one after another on one event loop
     * (the caller's own, if it has one) and must not block: hand what waits to a virtual thread.
     *
     * <p>Until the first token one retry is made for failures that may pass; never after it.
     */
    ModelCall stream(Prompt prompt, TokenListener listener);

    /**
     * The model's own count where its tokenizer is known, otherwise an estimate that is rather too
     * high.
     */
    int countTokens(String text);

    /** Cuts the answers under way. */
    @Override
    void close();
}
