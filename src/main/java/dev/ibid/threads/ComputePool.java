package dev.ibid.threads;

import dev.ibid.failure.Failure;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** A few platform threads for work that computes, with a short queue before them. */
public final class ComputePool implements AutoCloseable {

    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final String name;
    private final ThreadPoolExecutor threads;

    /**
     * @param queue how many pieces of work may wait for a thread
     */
    public ComputePool(String name, int threads, int queue) {
        this.name = name;
        this.threads =
                new ThreadPoolExecutor(
                        threads,
                        threads,
                        0,
                        TimeUnit.SECONDS,
                        new ArrayBlockingQueue<>(queue),
                        Thread.ofPlatform().name(name + "-", 0).daemon().factory());
    }

    /**
     * @throws Failure of kind BUSY when every thread is at work and the queue is full
     */
    public <T> Future<T> submit(Callable<T> work) {
        try {
            return threads.submit(work);
        } catch (RejectedExecutionException full) {
            throw Failure.busy(
                            "The server is busy (" + name + "). Try again in a moment.",
                            RETRY_AFTER)
                    .causedBy(full);
        }
    }

    @Override
    public void close() {
        threads.shutdown();
        try {
            if (!threads.awaitTermination(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                threads.shutdownNow();
            }
        } catch (InterruptedException interrupted) {
            threads.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
