package dev.ibid.knowledge;

import dev.ibid.failure.Failure;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Keeps one {@link Copy} up to date with the log, on a thread of its own: in order, in batches,
 * from the number that the copy itself kept. Looks once a second and whenever woken. What fails is
 * tried again, ever more slowly. A copy that was emptied is filled again from the start of the log,
 * as is one that is ahead of it, which happens when an older database was restored.
 */
public final class Follower implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Follower.class);
    private static final Duration POLL = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
    private static final int BATCH = 64;

    private final Library library;
    private final Copy copy;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition woken = lock.newCondition();
    private final Condition moved = lock.newCondition();
    private @Nullable Thread thread;
    private boolean wake;
    private boolean stopping;
    private int failures;
    private long applied;

    public Follower(Library library, Copy copy) {
        this.library = library;
        this.copy = copy;
    }

    public void start() {
        thread = Thread.ofVirtual().name("follower-" + copy.name()).start(this::follow);
    }

    /** Says that the log may have grown. */
    public void wake() {
        inLock(() -> {
            wake = true;
            woken.signal();
        });
    }

    /**
     * Waits until a search sees the log entry {@code number}; not at all while the copy cannot be
     * brought up to date.
     *
     * @return whether it does
     */
    public boolean awaitApplied(long number, Duration patience) {
        lock.lock();
        try {
            long left = patience.toNanos();
            wake = true;
            woken.signal();
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

    public String name() {
        return copy.name();
    }

    /** Whether the last attempt to bring the copy up to date failed. */
    public boolean failing() {
        lock.lock();
        try {
            return failures > 0;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Lets the batch under way finish: an interrupt would cost the index the file that is being
     * written.
     */
    @Override
    public void close() {
        inLock(() -> {
            stopping = true;
            woken.signal();
            moved.signalAll();
        });
        try {
            if (thread != null) {
                thread.join();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void follow() {
        boolean more = true;
        while (next(more)) {
            try {
                more = catchUp();
            } catch (RuntimeException failure) {
                more = false;
                failed(failure);
            }
        }
    }

    /** Whether the log may hold more than this. */
    private boolean catchUp() {
        copy.index().mend();
        long from = copy.index().appliedThrough();
        if (from > library.lastChange()) {
            log.warn("The {} index is ahead of the database's log and is built anew", copy.name());
            copy.index().clear();
            from = 0;
        }
        List<LogEntry> entries = library.logAfter(from, BATCH);
        entries.forEach(this::apply);
        long through = entries.isEmpty() ? from : entries.getLast().number();
        if (through > from) {
            copy.index().commit(through);
        }
        reached(through);
        return entries.size() == BATCH;
    }

    private void apply(LogEntry entry) {
        try {
            copy.apply(entry);
        } catch (Failure later) {
            throw later;
        } catch (IllegalArgumentException unfit) {
            log.error(
                    "The {} index cannot take document {} and goes on without it",
                    copy.name(),
                    entry.documentId(),
                    unfit);
        }
    }

    private void reached(long number) {
        inLock(() -> {
            if (failures > 0) {
                log.info("The {} index is followed again", copy.name());
            }
            failures = 0;
            applied = number;
            moved.signalAll();
        });
    }

    private void failed(RuntimeException failure) {
        inLock(() -> {
            failures++;
            if (failures == 1) {
                log.warn(
                        "The {} index cannot be brought up to date; trying again",
                        copy.name(),
                        failure);
            }
            moved.signalAll();
        });
    }

    /**
     * Waits for the next round; false when there is none. Waking does not shorten the pause after a
     * failure.
     */
    private boolean next(boolean more) {
        lock.lock();
        try {
            long left = more ? 0 : pause().toNanos();
            while (left > 0 && !stopping && !(wake && failures == 0)) {
                left = woken.awaitNanos(left);
            }
            wake = false;
            return !stopping;
        } catch (InterruptedException stop) {
            return false;
        } finally {
            lock.unlock();
        }
    }

    private Duration pause() {
        Duration pause = failures == 0 ? POLL : Duration.ofMillis(100L << Math.min(failures, 9));
        return pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
    }

    private void inLock(Runnable change) {
        lock.lock();
        try {
            change.run();
        } finally {
            lock.unlock();
        }
    }
}
