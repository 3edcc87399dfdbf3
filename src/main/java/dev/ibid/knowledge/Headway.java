package dev.ibid.knowledge;

import dev.ibid.knowledge.Standing.State;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** How far a follower has come, for itself and for those who wait for it. */
final class Headway {

    private static final Duration POLL = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    /** Longer than a round takes that has something to do. */
    private static final Duration BEHIND = Duration.ofSeconds(10);

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition woken = lock.newCondition();
    private final Condition moved = lock.newCondition();
    private boolean wake;
    private boolean stopping;
    private boolean complete;
    private int failures;
    private long applied;
    private long head;
    private long lastAtEnd = System.nanoTime();

    void wake() {
        lock.lock();
        try {
            wake = true;
            woken.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Wakes the follower only where there is something to wait for. */
    boolean await(long number, Duration patience) {
        lock.lock();
        try {
            long left = patience.toNanos();
            if (applied < number) {
                wake = true;
                woken.signal();
            }
            while (applied < number && failures == 0 && !stopping && left > 0) {
                left = moved.awaitNanos(left);
            }
            return applied >= number;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }

    /** Before anything is applied; a copy that stands behind where it stood has lost something. */
    void standsAt(long number, long end) {
        lock.lock();
        try {
            complete = complete && number >= applied;
            applied = number;
            head = end;
        } finally {
            lock.unlock();
        }
    }

    /**
     * @return whether it had failed before
     */
    boolean reached(long number, long end) {
        lock.lock();
        try {
            boolean failed = failures > 0;
            failures = 0;
            complete = complete || number >= end;
            lastAtEnd = number >= end ? System.nanoTime() : lastAtEnd;
            applied = number;
            head = end;
            moved.signalAll();
            return failed;
        } finally {
            lock.unlock();
        }
    }

    /**
     * @return whether it had not failed before
     */
    boolean failed() {
        lock.lock();
        try {
            failures++;
            moved.signalAll();
            return failures == 1;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits for the next round; false when there is none. Waking does not shorten the pause after a
     * failure.
     */
    boolean next(boolean more) {
        lock.lock();
        try {
            long left = more ? 0 : pause().toNanos();
            while (left > 0 && !stopping && !(wake && failures == 0)) {
                left = woken.awaitNanos(left);
            }
            wake = false;
            return !stopping;
        } catch (InterruptedException stray) {
            return !stopping;
        } finally {
            lock.unlock();
        }
    }

    void stop() {
        lock.lock();
        try {
            stopping = true;
            woken.signal();
            moved.signalAll();
        } finally {
            lock.unlock();
        }
    }

    Standing standing(boolean alive, int unfit) {
        lock.lock();
        try {
            return new Standing(state(alive), complete, applied, head, unfit);
        } finally {
            lock.unlock();
        }
    }

    private State state(boolean alive) {
        if (!alive) {
            return State.STOPPED;
        }
        if (failures > 0) {
            return State.FAILING;
        }
        return System.nanoTime() - lastAtEnd > BEHIND.toNanos() ? State.BEHIND : State.FOLLOWING;
    }

    private Duration pause() {
        Duration pause = failures == 0 ? POLL : Duration.ofMillis(100L << Math.min(failures, 9));
        return pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
    }
}
