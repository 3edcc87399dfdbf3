package dev.ibid.ingestion;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Tells idle workers that there may be work. Being told only saves waiting: each looks by itself
 * once a second.
 */
final class WorkSignal {

    private static final Duration POLL = Duration.ofSeconds(1);

    private final Semaphore told = new Semaphore(0);
    private volatile boolean stopped;

    void wake() {
        if (told.availablePermits() < 64) {
            told.release();
        }
    }

    void stop() {
        stopped = true;
        told.release(1024);
    }

    boolean stopped() {
        return stopped;
    }

    /** An interrupt only shortens the waiting: it was meant for work that has ended. */
    void await() {
        try {
            boolean ignored = told.tryAcquire(POLL.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException late) {
            Thread.currentThread().interrupt();
        }
    }
}
