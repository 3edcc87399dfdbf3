package dev.ibid.threads;

import dev.ibid.failure.Failure;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * A fixed number of platform threads for work that computes (hashing, embedding), and a queue of
 * fixed length before them. What comes when the queue is full is refused rather than kept waiting.
 */
public final class ComputePool implements AutoCloseable {

    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final String name;
    private final ThreadPoolExecutor threads;

    /**
     * @param name what the threads are called, before a number
     * @param waiting how much may wait beyond what is being computed, at least 1
     */
    public ComputePool(String name, int threads, int waiting) {
        this.name = name;
        this.threads =
                new ThreadPoolExecutor(
                        threads,
                        threads,
                        0,
                        TimeUnit.SECONDS,
                        new ArrayBlockingQueue<>(waiting),
                        Thread.ofPlatform().daemon().name(name + "-", 0).factory());
    }

    /**
     * Queues work and returns at once.
     *
     * @throws Failure of kind BUSY when the queue is full or the pool was closed
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

    /**
     * Computes in the pool while the caller waits; throws what {@link #submit} and {@link #await}
     * throw.
     */
    public <T> T call(Callable<T> work) {
        return await(submit(work));
    }

    /**
     * Waits for a result and throws what the work threw, checked exceptions inside an {@link
     * IllegalStateException}. When the waiting thread is interrupted the work is cancelled.
     */
    public static <T> T await(Future<T> result) {
        try {
            return result.get();
        } catch (InterruptedException interrupted) {
            result.cancel(true);
            Thread.currentThread().interrupt();
            throw new CancellationException("Interrupted while waiting for a computation");
        } catch (ExecutionException failed) {
            throw unwrapped(failed.getCause());
        }
    }

    private static RuntimeException unwrapped(@Nullable Throwable cause) {
        return switch (cause) {
            case RuntimeException unchecked -> unchecked;
            case Error error -> throw error;
            case null, default -> new IllegalStateException(cause);
        };
    }

    /** How many threads compute at the same time. */
    public int threads() {
        return threads.getCorePoolSize();
    }

    /**
     * Takes no more work and lets what is under way or waiting come to its end. After {@code
     * patience} the waiting work is cancelled and the running work interrupted.
     *
     * @return whether every thread has stopped
     */
    public boolean close(Duration patience) {
        threads.shutdown();
        if (stoppedWithin(patience)) {
            return true;
        }
        List<Runnable> left = threads.shutdownNow();
        left.forEach(work -> {
            if (work instanceof Future<?> result) {
                result.cancel(false);
            }
        });
        return threads.isTerminated();
    }

    @Override
    public void close() {
        close(PATIENCE);
    }

    private boolean stoppedWithin(Duration patience) {
        try {
            return threads.awaitTermination(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
