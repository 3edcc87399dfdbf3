package dev.ibid.ingestion;

import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/**
 * The queue of document versions that are not ready yet, and where their work is kept as it is
 * done. Everything written for a lease checks its fencing token in the same transaction, so a
 * worker that was thought dead cannot write over its successor.
 */
public interface Jobs {

    /**
     * The right to work on one document version until it runs out.
     *
     * @param fence raised with each lease of the job
     * @param failures how often it was tried in vain
     * @param age since the version was uploaded
     */
    record Lease(
            UUID jobId,
            UUID documentId,
            int version,
            UUID collectionId,
            UUID userId,
            String original,
            String mediaType,
            long fence,
            int failures,
            Duration age) {}

    /**
     * Thrown by every write of a lease that ran out and was given to another, or whose document was
     * deleted.
     */
    final class LeaseLost extends RuntimeException {

        public LeaseLost(Lease lease) {
            super("The lease of job " + lease.jobId() + " (fence " + lease.fence() + ") is lost");
        }
    }

    /** What is waiting: how many, and for how long the oldest. */
    record Depth(long waiting, Duration oldest) {}

    /** The next job in turn: people with less work under way first, then small and old ones. */
    Optional<Lease> lease(Duration duration);

    /**
     * @return whether the lease still holds
     */
    boolean renew(Lease lease, Duration duration);

    /**
     * Makes the version the one that answers, in one commit with its entry in the knowledge log,
     * and ends the job.
     */
    void publish(Lease lease);

    /** Ends the job; the version stays as failed with what its owner is told. */
    void fail(Lease lease, String code, String detail);

    /** Counts a failure and lets the job rest. */
    void retryAfter(Lease lease, Duration wait);

    Depth depth();

    /**
     * Takes back every lease, for a process that starts and knows that it is the only one: whoever
     * held them is dead, and nobody needs to wait until they run out.
     *
     * @return how many
     */
    int releaseAll();
}
