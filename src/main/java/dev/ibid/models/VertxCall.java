package dev.ibid.models;

import io.vertx.core.Context;

import org.jspecify.annotations.Nullable;

/**
 * A handle on a streaming request from before langchain4j makes it. langchain4j hands out a way to
 * cancel only with the first token; this one is bound to the calling thread while langchain4j runs,
 * found by {@link VertxHttpClient}, and works at any moment.
 */
final class VertxCall {

    private static final ScopedValue<VertxCall> CURRENT = ScopedValue.newInstance();

    private final Context context;
    private final Runnable ended;
    private @Nullable VertxExchange exchange;
    private boolean cancelled;
    private volatile boolean done;

    /**
     * @param context the event loop on which everything is delivered
     * @param ended runs there after the last callback of a call that was not cancelled; some of
     *     langchain4j's listeners swallow the end
     */
    VertxCall(Context context, Runnable ended) {
        this.context = context;
        this.ended = ended;
    }

    static @Nullable VertxCall current() {
        return CURRENT.isBound() ? CURRENT.get() : null;
    }

    /** Runs what will call {@link VertxHttpClient#execute} on this thread. */
    void carry(Runnable work) {
        ScopedValue.where(CURRENT, this).run(work);
    }

    Context context() {
        return context;
    }

    /**
     * Closes the connection, or sees to it that none is used. Idempotent, from any thread; the
     * listener is not called afterwards.
     */
    void cancel() {
        VertxExchange running;
        synchronized (this) {
            cancelled = true;
            running = exchange;
        }
        if (running != null) {
            running.cancel();
        }
    }

    /** Whether the stream's own last mark ({@code [DONE]}) was seen. */
    boolean isDone() {
        return done;
    }

    void attach(VertxExchange started) {
        boolean late;
        synchronized (this) {
            exchange = started;
            late = cancelled;
        }
        if (late) {
            started.cancel();
        }
    }

    void markDone() {
        done = true;
    }

    void end() {
        ended.run();
    }
}
