package dev.ibid.ingestion;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * The queue of document versions that are not ready yet, and where their work is kept as it is
 * done. Everything written for a lease checks its fencing token in the same transaction, so a
 * worker that was thought dead cannot write over its successor.
 */
public interface Jobs {

    /** Files from this size on are large: their text is not held beside another large one's. */
    long LARGE_BYTES = 1 << 20;

    /**
     * Attempts that may end without a word, as when the process dies, before a job is worked on
     * alone: others that were under way beside it count the same attempts through no fault of
     * theirs.
     */
    int TRUSTED_ATTEMPTS = 2;

    /**
     * The right to work on one document version until it runs out.
     *
     * @param bytes of the file, or more when its text turned out to be larger
     * @param fence raised with each lease of the job
     * @param attempts since the last checkpoint that ended without a word, this one included
     */
    record Lease(
            UUID jobId,
            UUID documentId,
            int version,
            UUID collectionId,
            UUID userId,
            String original,
            String mediaType,
            long bytes,
            long fence,
            int attempts) {

        public boolean isLarge() {
            return bytes >= LARGE_BYTES;
        }

        /** Whether the process has died so often beside this job that it may be the reason. */
        public boolean isSuspect() {
            return attempts > TRUSTED_ATTEMPTS;
        }
    }

    /**
     * Whom a process has room for.
     *
     * @param heldBack people who have their share of its workers
     * @param oneAlone whether a large or suspect job may be among the next
     */
    record Room(Set<UUID> heldBack, boolean oneAlone) {}

    /** Why an attempt ended in vain. */
    enum Trouble {
        /** A neighbour was away or busy. */
        NEIGHBOUR,
        /** The reader of documents died. */
        CRASH,
        /** A defect of ours. */
        DEFECT
    }

    /**
     * What went wrong with a job since its last checkpoint.
     *
     * @param troubles of every kind
     * @param away since the first trouble with a neighbour; zero if there was none
     */
    record History(int troubles, int crashes, int defects, Duration away) {}

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

    /**
     * The next job in turn: people with less work under way first, then small and old ones. Counts
     * an attempt, which every later write but {@link #renew} and a progress forgives.
     */
    Optional<Lease> lease(Duration duration, Room room);

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

    History history(Lease lease);

    /** Counts a trouble and lets the job rest. */
    void retryAfter(Lease lease, Trouble trouble, Duration wait);

    /** Gives the job back as it is, to be taken by anybody at once. */
    void release(Lease lease);

    /** Gives the job back as one of this size. */
    void releaseAs(Lease lease, long bytes);

    Depth depth();

    /**
     * Takes back every lease, for a process that starts and knows that it is the only one: whoever
     * held them is dead, and nobody needs to wait until they run out.
     *
     * @return how many
     */
    int releaseAll();
}
