package dev.ibid.threads;

import dev.ibid.failure.Failure;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * The virtual threads of one room: one for each piece of work that waits, and never more than
 * {@code limit} at a time.
 */
public final class RequestThreads implements AutoCloseable {

    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private final String room;
    private final Semaphore places;
    private final int limit;
    private final ExecutorService threads;

    public RequestThreads(String room, int limit) {
        this.room = room;
        this.limit = limit;
        this.places = new Semaphore(limit);
        this.threads =
                Executors.newThreadPerTaskExecutor(
                        Thread.ofVirtual().name(room + "-", 0).factory());
    }

    /**
     * @throws Failure of kind BUSY when {@code limit} pieces of work are under way, or the room is
     *     closed
     */
    public void run(Runnable work) {
        if (!places.tryAcquire()) {
            throw Failure.busy(
                    "Too many requests are under way (" + room + "). Try again in a moment.",
                    RETRY_AFTER);
        }
        try {
            threads.execute(() -> {
                try {
                    work.run();
                } finally {
                    places.release();
                }
            });
        } catch (RejectedExecutionException closed) {
            places.release();
            throw Failure.busy("The server is stopping. Try again in a moment.", RETRY_AFTER)
                    .causedBy(closed);
        }
    }

    public int underWay() {
        return limit - places.availablePermits();
    }

    /** Waits up to {@code patience} for what is under way, then interrupts it. */
    public void close(Duration patience) {
        threads.shutdown();
        try {
            if (!threads.awaitTermination(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                threads.shutdownNow();
            }
        } catch (InterruptedException interrupted) {
            threads.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        close(Duration.ofSeconds(10));
    }
}
