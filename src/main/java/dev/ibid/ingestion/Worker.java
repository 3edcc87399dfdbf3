package dev.ibid.ingestion;

import dev.ibid.ingestion.Jobs.Lease;
import dev.ibid.ingestion.Turns.Turn;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

import java.time.Duration;
import java.util.Optional;

/**
 * Takes one job after the other. While it works, a second thread keeps the lease alive, and
 * interrupts the work when the lease is lost: because the document was deleted, or because this
 * process stood still for so long that another has taken over.
 */
final class Worker implements Runnable {

    private static final Logger log = LoggerFactory.getLogger(Worker.class);
    private static final Duration LEASE = Duration.ofSeconds(20);
    private static final Duration HEARTBEAT = Duration.ofSeconds(3);

    /**
     * Attempts since the last checkpoint that ended without a word. The process died each time, the
     * last times with no other suspect beside this document.
     */
    private static final int MOST_ATTEMPTS = 5;

    private final Jobs jobs;
    private final Turns turns;
    private final Pipeline pipeline;
    private final Settlement settlement;
    private final WorkSignal signal;
    private final Runnable published;
    private final IngestionMeters meters;

    Worker(
            Jobs jobs,
            Turns turns,
            Pipeline pipeline,
            WorkSignal signal,
            Runnable published,
            IngestionMeters meters) {
        this.jobs = jobs;
        this.turns = turns;
        this.pipeline = pipeline;
        this.settlement = new Settlement(jobs, meters);
        this.signal = signal;
        this.published = published;
        this.meters = meters;
    }

    /** Nothing that is thrown ends it: a queue without workers would stand still unnoticed. */
    @Override
    public void run() {
        while (!signal.stopped()) {
            boolean ignored = Thread.interrupted();
            try {
                takeTurn();
            } catch (Throwable unreachable) {
                log.warn("The queue cannot be read; trying again: {}", unreachable.toString());
                signal.await();
            }
        }
    }

    private void takeTurn() {
        Optional<Turn> next = turns.next(LEASE);
        if (next.isEmpty()) {
            signal.await();
            return;
        }
        try (Turn turn = next.get();
                var _ = MDC.putCloseable("document", turn.lease().documentId().toString())) {
            work(turn);
        }
    }

    private void work(Turn turn) {
        Lease lease = turn.lease();
        Heartbeat heartbeat = new Heartbeat(() -> jobs.renew(lease, LEASE), HEARTBEAT);
        try {
            try (heartbeat) {
                if (lease.attempts() > MOST_ATTEMPTS) {
                    giveUp(lease);
                    return;
                }
                pipeline.prepare(turn);
            }
            // Beating on would find the lease gone with the job and interrupt what comes next.
            pipeline.publish(lease);
            published.run();
            log.info("Document {} version {} is ready", lease.documentId(), lease.version());
        } catch (Throwable failure) {
            settle(lease, heartbeat.lost() ? new Jobs.LeaseLost(lease) : failure);
        }
    }

    private void giveUp(Lease lease) {
        settlement.fail(
                lease,
                "server_stopped",
                "The server stopped "
                        + MOST_ATTEMPTS
                        + " times while it was working on this file, so it has given the file up."
                        + " Split it into several files or save it anew, and upload that; or tell"
                        + " whoever runs the server the document's id.");
    }

    /**
     * What cannot be said at once, because the database is away, is said when it is back: else the
     * document would wait until its lease has run out.
     */
    private void settle(Lease lease, Throwable failure) {
        long started = System.nanoTime();
        boolean settled = false;
        while (!settled && System.nanoTime() - started < LEASE.toNanos()) {
            boolean ignored = Thread.interrupted();
            settled = isSettled(lease, failure);
            if (!settled && signal.stopped()) {
                return;
            }
        }
    }

    private boolean isSettled(Lease lease, Throwable failure) {
        try {
            if (signal.stopped()) {
                jobs.release(lease);
            } else {
                settlement.settle(lease, failure);
            }
            return true;
        } catch (Jobs.LeaseLost lost) {
            meters.leaseLost();
            log.info("Stopped working on document {}: deleted, or taken over", lease.documentId());
            return true;
        } catch (RuntimeException unreachable) {
            log.warn(
                    "The outcome for document {} cannot be kept yet: {}",
                    lease.documentId(),
                    unreachable.getMessage());
            signal.await();
            return false;
        }
    }
}
