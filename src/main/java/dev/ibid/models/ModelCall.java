package dev.ibid.models;

/** An answer under way. */
public interface ModelCall {

    /**
     * Closes the connection to the provider, whether it is waited for, silent or streaming.
     * Idempotent, from any thread. The listener hears nothing more, except a token whose delivery
     * had already begun.
     */
    void cancel();
}
