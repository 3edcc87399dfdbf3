package dev.ibid.knowledge;

import dev.ibid.failure.Failure;
import dev.ibid.knowledge.MissingVectors.Made;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * Lets another embedding model take over: embeds from stored text what has no vector of it, fills
 * an index beside the one that answers, and changes over in one step once nothing is missing.
 * Questions are answered all along. What was made is kept, so that whoever begins again goes on
 * from there.
 */
public final class ModelSwitch {

    private static final Duration LOOK = Duration.ofMillis(100);

    /** The model that is to take over. */
    public interface Successor {

        /** Whether it does not answer yet. */
        boolean isWaiting();

        /**
         * @throws Failure when the model cannot be reached
         */
        MissingVectors vectors();

        /** Opens an empty index of its vectors, which follows the log from its start. */
        Follower open();

        /** Gives up what was opened. */
        void giveUp();

        /**
         * Answers from now on.
         *
         * @return false if a chunk has no vector of it; then nothing has changed
         */
        boolean takeOver();

        /** Drops the vectors and the indexes of all others. */
        void dropOthers();
    }

    private final Contents contents;
    private final Successor successor;

    public ModelSwitch(Contents contents, Successor successor) {
        this.contents = contents;
        this.successor = successor;
    }

    /**
     * Does nothing if no other model is configured.
     *
     * @throws Failure when the model cannot be reached; what it has made until then is kept
     */
    public void run(WorkProgress progress) {
        if (successor.isWaiting()) {
            embed(progress);
            Follower follower = successor.open();
            boolean over = false;
            try {
                over = takeOver(follower, progress);
            } finally {
                if (!over) {
                    successor.giveUp();
                }
            }
        }
        successor.dropOthers();
    }

    /** What is published meanwhile has no vector of the new model until it is embedded here. */
    private boolean takeOver(Follower follower, WorkProgress progress) {
        awaitComplete(follower, progress);
        do {
            if (embed(progress) > 0) {
                contents.activeVersions().forEach(follower::repair);
                follower.commit();
            }
        } while (!successor.takeOver());
        return true;
    }

    private int embed(WorkProgress progress) {
        Made made = successor.vectors().make(progress);
        if (made.made() < made.missing()) {
            throw Failure.of(
                    Failure.Kind.UNAVAILABLE,
                    "embedding_incomplete",
                    "The configured embedding model does not answer: "
                            + (made.missing() - made.made())
                            + " chunks are still without a vector of it. The old one goes on"
                            + " answering. See the server's log, and run 'ibid reindex' again.");
        }
        return made.made();
    }

    private static void awaitComplete(Follower follower, WorkProgress progress) {
        for (Standing standing = follower.standing();
                !standing.complete();
                standing = follower.standing()) {
            progress.reached(Math.toIntExact(standing.applied()), Math.toIntExact(standing.head()));
            LockSupport.parkNanos(LOOK.toNanos());
        }
    }
}
