package dev.ibid.threads;

import dev.ibid.failure.Failure;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Lets a few pieces of work in at a time, in the order in which they came, and keeps the others
 * waiting outside. Where more work arrives at once than the machine can do, each piece then takes
 * its usual time once it is in, instead of all of them running out of connections together. For
 * virtual threads.
 */
public final class Admission {

    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    private final Semaphore places;
    private final Duration patience;

    /**
     * @param patience how long to wait outside
     */
    public Admission(int places, Duration patience) {
        this.places = new Semaphore(places, true);
        this.patience = patience;
    }

    /**
     * @throws Failure of kind BUSY after waiting in vain, or what the work throws
     */
    public <T> T admit(Supplier<T> work) {
        enter();
        try {
            return work.get();
        } finally {
            places.release();
        }
    }

    private void enter() {
        try {
            if (places.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                return;
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        throw Failure.busy("Too many questions came at once. Try again in a moment.", RETRY_AFTER);
    }
}
