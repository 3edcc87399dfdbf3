package dev.ibid.knowledge;

import dev.ibid.failure.Failure;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Does the tasks on the indexes, one at a time, on a thread of its own. Between them it verifies by
 * itself: some minutes after the start, and then each day.
 */
public final class IndexWork implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(IndexWork.class);
    private static final Duration POLL = Duration.ofSeconds(1);
    private static final Duration AFTER_FAILURE = Duration.ofMinutes(1);

    private final IndexTasks tasks;
    private final Healing healing;
    private final Consumer<WorkProgress> modelSwitch;
    private final Duration between;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final Thread thread = Thread.ofVirtual().name("index-work").unstarted(this::work);
    private long nextCheck;

    /**
     * @param modelSwitch lets the configured embedding model take over if it has not
     * @param first how long after the start it verifies by itself
     * @param between how long after that it does so again
     */
    public IndexWork(
            IndexTasks tasks,
            Healing healing,
            Consumer<WorkProgress> modelSwitch,
            Duration first,
            Duration between) {
        this.tasks = tasks;
        this.healing = healing;
        this.modelSwitch = modelSwitch;
        this.between = between;
        this.nextCheck = System.nanoTime() + first.toNanos();
    }

    public void start() {
        thread.start();
    }

    /** A task under way ends after the step that it is at, and goes on at the next start. */
    @Override
    public void close() {
        stopping.countDown();
        try {
            if (thread.getState() != Thread.State.NEW) {
                thread.join();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void work() {
        boolean reachable = true;
        while (!stops(POLL)) {
            try {
                tasks.begin().ifPresentOrElse(this::perform, this::checkWhenDue);
                reachable = true;
            } catch (CancellationException stopped) {
                return;
            } catch (Throwable failure) {
                if (reachable) {
                    log.warn("The work on the indexes is held up; trying again", failure);
                }
                reachable = false;
            }
        }
    }

    private void perform(IndexTask task) {
        log.info("Index task {} ({}) begins", task.id(), task.kind());
        Optional<String> failure = Optional.empty();
        try {
            IndexReport report =
                    switch (task.kind()) {
                        case VERIFY -> healing.verify(keptIn(task));
                        case REBUILD -> healing.rebuild(keptIn(task));
                        case SWITCH -> {
                            modelSwitch.accept(keptIn(task));
                            yield healing.verify(keptIn(task));
                        }
                    };
            tasks.end(task.id(), report);
            log.info("Index task {} has ended: {}", task.id(), String.join(" ", report.inWords()));
        } catch (CancellationException stopped) {
            throw stopped;
        } catch (Failure known) {
            failure = Optional.of(known.detail());
        } catch (RuntimeException | Error defect) {
            log.error("Index task {} failed for an unforeseen reason", task.id(), defect);
            failure = Optional.of("It failed for an unforeseen reason; the server's log has it.");
        }
        failure.ifPresent(why -> tasks.fail(task.id(), why));
    }

    private void checkWhenDue() {
        if (System.nanoTime() - nextCheck < 0) {
            return;
        }
        nextCheck = System.nanoTime() + AFTER_FAILURE.toNanos();
        IndexReport report = healing.verify((done, total) -> endIfStopping());
        nextCheck = System.nanoTime() + between.toNanos();
        if (!report.sound()) {
            log.warn("The indexes were repaired: {}", String.join(" ", report.inWords()));
        }
    }

    /** Written once a second at most. */
    private WorkProgress keptIn(IndexTask task) {
        long[] next = {System.nanoTime()};
        return (done, total) -> {
            endIfStopping();
            if (System.nanoTime() - next[0] >= 0) {
                tasks.progress(task.id(), done, total);
                next[0] = System.nanoTime() + POLL.toNanos();
            }
        };
    }

    private void endIfStopping() {
        if (stopping.getCount() == 0) {
            throw new CancellationException("the server is stopping");
        }
    }

    private boolean stops(Duration within) {
        try {
            return stopping.await(within.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException stray) {
            return stopping.getCount() == 0;
        }
    }
}
