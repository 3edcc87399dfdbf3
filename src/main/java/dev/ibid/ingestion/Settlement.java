package dev.ibid.ingestion;

import dev.ibid.extraction.ParseFailure;
import dev.ibid.failure.Failure;
import dev.ibid.ingestion.Jobs.History;
import dev.ibid.ingestion.Jobs.Lease;
import dev.ibid.ingestion.Jobs.Trouble;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ThreadLocalRandom;

/**
 * What becomes of a document whose attempt ended in vain: another attempt, or a failure that its
 * owner is told.
 */
final class Settlement {

    private static final Logger log = LoggerFactory.getLogger(Settlement.class);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(60);

    /** A parser that dies three times on the same file will not read it. */
    private static final int MOST_CRASHES = 3;

    /** How long a neighbour may be away before a document is said to have failed. */
    private static final Duration PATIENCE = Duration.ofMinutes(30);

    private static final int MOST_DEFECTS = 5;

    private final Jobs jobs;
    private final IngestionMeters meters;

    Settlement(Jobs jobs, IngestionMeters meters) {
        this.jobs = jobs;
        this.meters = meters;
    }

    /**
     * @throws Jobs.LeaseLost when somebody else decides about the document now
     */
    void settle(Lease lease, Throwable failure) {
        switch (failure) {
            case Jobs.LeaseLost lost -> throw lost;
            case LargeText large -> jobs.releaseAs(lease, large.bytes());
            case CancellationException cut -> retry(lease, Trouble.NEIGHBOUR, cut);
            case ParseFailure crash when crash.retriable() -> settleCrash(lease, crash);
            case ParseFailure unreadable -> fail(lease, unreadable);
            case Failure neighbour when neighbour.kind().retriable() ->
                    settleAbsence(lease, neighbour);
            case Failure neighbour -> fail(lease, neighbour.code(), neighbour.detail());
            default -> settleDefect(lease, failure);
        }
    }

    private void settleCrash(Lease lease, ParseFailure crash) {
        if (jobs.history(lease).crashes() + 1 < MOST_CRASHES) {
            retry(lease, Trouble.CRASH, crash);
        } else {
            fail(lease, crash);
        }
    }

    private void settleAbsence(Lease lease, Failure neighbour) {
        if (jobs.history(lease).away().compareTo(PATIENCE) < 0) {
            retry(lease, Trouble.NEIGHBOUR, neighbour);
        } else {
            fail(lease, neighbour.code(), neighbour.detail());
        }
    }

    private void settleDefect(Lease lease, Throwable defect) {
        if (jobs.history(lease).defects() + 1 < MOST_DEFECTS) {
            retry(lease, Trouble.DEFECT, defect);
        } else {
            fail(
                    lease,
                    "internal",
                    "The server could not process this file. Tell whoever runs it the document's id.");
        }
        log.error("Document {} met an unforeseen failure", lease.documentId(), defect);
    }

    private void fail(Lease lease, ParseFailure unreadable) {
        fail(lease, unreadable.code().name().toLowerCase(Locale.ROOT), unreadable.detail());
    }

    void fail(Lease lease, String code, String detail) {
        jobs.fail(lease, code, detail);
        meters.failed(code);
        log.info("Document {} version {} failed: {}", lease.documentId(), lease.version(), code);
    }

    /** 1, 2, 4 ... 60 seconds, each shortened at random by up to a half. */
    private void retry(Lease lease, Trouble trouble, Throwable cause) {
        History history = jobs.history(lease);
        long seconds = Math.min(1L << Math.min(history.troubles(), 6), LONGEST_WAIT.toSeconds());
        Duration wait =
                Duration.ofMillis(
                        ThreadLocalRandom.current().nextLong(seconds * 500, seconds * 1000));
        jobs.retryAfter(lease, trouble, wait);
        meters.retried(trouble);
        log.info(
                "Document {} waits {} after failure {}: {}",
                lease.documentId(),
                wait,
                history.troubles() + 1,
                cause.getMessage());
    }
}
