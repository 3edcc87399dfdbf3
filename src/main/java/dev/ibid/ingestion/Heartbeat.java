package dev.ibid.ingestion;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Keeps a lease alive beside the thread that works under it, and interrupts that thread once it is
 * lost.
 */
final class Heartbeat implements AutoCloseable {

    private final CountDownLatch done = new CountDownLatch(1);
    private final Thread beating;
    private volatile boolean lost;

    /**
     * @param renew answers whether the lease still holds; a failure to ask counts as yes, until the
     *     fence says otherwise
     */
    Heartbeat(BooleanSupplier renew, Duration every) {
        Thread worker = Thread.currentThread();
        this.beating = Thread.ofVirtual().name("heartbeat").start(() -> beat(renew, every, worker));
    }

    private void beat(BooleanSupplier renew, Duration every, Thread worker) {
        try {
            while (!done.await(every.toMillis(), TimeUnit.MILLISECONDS)) {
                if (!holds(renew)) {
                    lost = true;
                    worker.interrupt();
                    return;
                }
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean holds(BooleanSupplier renew) {
        try {
            return renew.getAsBoolean();
        } catch (RuntimeException unreachable) {
            return true;
        }
    }

    boolean lost() {
        return lost;
    }

    /** When this returns, the worker's thread is not interrupted any more. */
    @Override
    public void close() {
        done.countDown();
        boolean interrupted = false;
        while (beating.isAlive()) {
            try {
                beating.join();
            } catch (InterruptedException late) {
                interrupted = !lost;
            }
        }
        if (lost) {
            boolean ignored = Thread.interrupted();
        } else if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
