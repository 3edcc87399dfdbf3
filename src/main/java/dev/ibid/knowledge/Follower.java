package dev.ibid.knowledge;

import dev.ibid.knowledge.Copy.Difference;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Keeps one {@link Copy} up to date with the log, on a thread of its own: in order, in batches,
 * from the number that the copy itself kept. Looks once a second and whenever woken. What fails is
 * tried again, ever more slowly. A copy that was emptied is filled again from the start of the log,
 * as is one that is ahead of it, which happens when an older database was restored.
 */
public final class Follower implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Follower.class);
    private static final int BATCH = 64;

    private final Copy copy;
    private final Headway headway = new Headway();

    /** Held while something is applied or repaired; fair, so that neither keeps the other out. */
    private final ReentrantLock turn = new ReentrantLock(true);

    private final Set<DocumentVersion> unfit = ConcurrentHashMap.newKeySet();
    private volatile @Nullable Thread thread;

    public Follower(Copy copy) {
        this.copy = copy;
    }

    public void start() {
        thread = Thread.ofVirtual().name("follower-" + copy.name()).start(this::follow);
    }

    /** Says that the log may have grown. */
    public void wake() {
        headway.wake();
    }

    /**
     * Waits until a search sees the log entry {@code number}; not at all while the copy cannot be
     * brought up to date.
     *
     * @return whether it does
     */
    public boolean awaitApplied(long number, Duration patience) {
        return headway.await(number, patience);
    }

    public String name() {
        return copy.name();
    }

    /** How many chunks the index holds. */
    public long count() {
        return copy.index().count();
    }

    /** How many chunks of one document the index holds. */
    public long countOf(UUID documentId) {
        return copy.index().countOf(documentId);
    }

    /** Drops for good what was deleted. */
    public void purge() {
        copy.index().purge();
    }

    public Standing standing() {
        Thread following = thread;
        return headway.standing(following != null && following.isAlive(), unfit.size());
    }

    /**
     * Lets the batch under way finish: an interrupt would cost the index the file that is being
     * written.
     */
    @Override
    public void close() {
        headway.stop();
        try {
            Thread following = thread;
            if (following != null) {
                following.join();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    Copy copy() {
        return copy;
    }

    /**
     * Holds a version against the contents, and takes it anew if it differs even after everything
     * in the log was applied. Nothing is applied meanwhile, so what is published or deleted at the
     * same time is neither taken for damage nor lost.
     *
     * @return how it differed
     */
    Difference repair(DocumentVersion version) {
        turn.lock();
        try {
            Difference difference = copy.difference(version);
            while (!difference.isNone() && catchUp()) {
                difference = copy.difference(version);
            }
            if (!difference.isNone()) {
                take(version.documentId(), version.version());
                copy.index().commit(copy.index().appliedThrough());
            }
            return difference;
        } finally {
            turn.unlock();
        }
    }

    /** Takes a version anew, whether it differs or not; seen by searches after a commit. */
    void retake(DocumentVersion version) {
        turn.lock();
        try {
            take(version.documentId(), version.version());
        } finally {
            turn.unlock();
        }
    }

    void commit() {
        turn.lock();
        try {
            copy.index().commit(copy.index().appliedThrough());
        } finally {
            turn.unlock();
        }
    }

    private void follow() {
        boolean more = true;
        while (headway.next(more)) {
            try {
                more = catchUp();
            } catch (Throwable failure) {
                more = false;
                failed(failure);
            }
        }
    }

    /** Whether anything was done, so that there may be more to do. */
    private boolean catchUp() {
        turn.lock();
        try {
            copy.index().mend();
            long from = copy.index().appliedThrough();
            LogPart part = copy.contents().logAfter(from, BATCH);
            headway.standsAt(from, part.head());
            if (from > part.head()) {
                log.warn(
                        "The {} index is ahead of the database's log and is built anew",
                        copy.name());
                copy.index().clear();
                return true;
            }
            part.entries().forEach(this::apply);
            return reached(from, part);
        } finally {
            turn.unlock();
        }
    }

    private boolean reached(long from, LogPart part) {
        long through = part.entries().isEmpty() ? from : part.entries().getLast().number();
        if (through > from) {
            copy.index().commit(through);
        }
        if (headway.reached(through, part.head())) {
            log.info("The {} index is followed again", copy.name());
        }
        return through > from;
    }

    private void apply(LogEntry entry) {
        UUID document = entry.documentId();
        switch (entry.kind()) {
            case VERSION_READY -> take(document, Objects.requireNonNull(entry.version()));
            case VERSION_GONE -> {
                int version = Objects.requireNonNull(entry.version());
                copy.index().deleteVersion(document, version);
                unfit.remove(new DocumentVersion(document, version));
            }
            case DOCUMENT_GONE -> {
                copy.index().deleteDocument(document);
                unfit.removeIf(version -> version.documentId().equals(document));
            }
        }
    }

    private void take(UUID documentId, int number) {
        DocumentVersion version = new DocumentVersion(documentId, number);
        try {
            copy.take(documentId, number);
            unfit.remove(version);
        } catch (IllegalArgumentException refused) {
            unfit.add(version);
            log.error(
                    "The {} index cannot take version {} of document {} and goes on without it",
                    copy.name(),
                    number,
                    documentId,
                    refused);
        }
    }

    private void failed(Throwable failure) {
        if (headway.failed()) {
            log.warn(
                    "The {} index cannot be brought up to date; trying again",
                    copy.name(),
                    failure);
        }
    }
}
