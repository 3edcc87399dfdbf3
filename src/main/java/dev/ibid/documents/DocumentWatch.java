package dev.ibid.documents;

import dev.ibid.documents.DocumentChanges.Changes;
import dev.ibid.documents.DocumentChanges.Concerned;
import dev.ibid.http.LatestEvents;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;

/**
 * Tells those who watch what becomes of their documents, whichever process works on them. One look
 * into the database serves all who watch, so an open page costs next to nothing while nothing
 * happens.
 */
final class DocumentWatch implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(DocumentWatch.class);

    /** A change may be committed this much later than the time it bears. */
    private static final Duration OVERLAP = Duration.ofSeconds(15);

    /** After this a reader has to come back, and to show a credential that is still good. */
    private static final Duration LONGEST = Duration.ofMinutes(15);

    record Deleted(UUID id) {}

    private static final class Watcher {

        final UUID userId;
        final boolean untilSettled;
        final LatestEvents feed = new LatestEvents();
        final Instant until = Instant.now().plus(LONGEST);
        final Map<UUID, Document> told = new HashMap<>();
        final Set<UUID> gone = new HashSet<>();

        Watcher(UUID userId, boolean untilSettled) {
            this.userId = userId;
            this.untilSettled = untilSettled;
        }

        /** Tells what this watcher has not been told yet. */
        synchronized void tell(Changes changes) {
            for (Document document : changes.documents()) {
                if (!document.equals(told.put(document.id(), document))) {
                    feed.put(document.id(), "document", document);
                }
            }
            for (UUID id : changes.deleted()) {
                if (gone.add(id)) {
                    feed.put(id, "deleted", new Deleted(id));
                }
            }
            if (untilSettled && changes.documents().stream().noneMatch(Document::underWay)) {
                feed.end();
            }
        }
    }

    private final DocumentChanges changes;
    private final Set<Watcher> watchers = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean looking = new AtomicBoolean();
    private volatile Instant looked = Instant.EPOCH;

    DocumentWatch(DocumentChanges changes) {
        this.changes = changes;
    }

    /**
     * @param feed ends by itself after a while
     * @param leave to be run when nobody reads it any more
     */
    record Watching(LatestEvents feed, Runnable leave) {}

    /**
     * What is being worked on now, and from then on every change.
     *
     * @param untilSettled ends the feed when nothing is being worked on any more
     */
    Watching watch(UUID userId, boolean untilSettled) {
        Watcher watcher = new Watcher(userId, untilSettled);
        if (watchers.isEmpty()) {
            looked = changes.concerned(Set.of(), Instant.EPOCH).asOf();
        }
        watchers.add(watcher);
        watcher.tell(changes.of(userId, looked.minus(OVERLAP)));
        return new Watching(watcher.feed, () -> watchers.remove(watcher));
    }

    /** To be called again and again; does nothing while nobody watches, or while it is at it. */
    void look() {
        if (watchers.isEmpty() || !looking.compareAndSet(false, true)) {
            return;
        }
        try {
            endOld();
            tellAll();
        } catch (RuntimeException unreachable) {
            log.debug("Changes cannot be looked up right now", unreachable);
        } finally {
            looking.set(false);
        }
    }

    boolean isWatched() {
        return !watchers.isEmpty();
    }

    @Override
    public void close() {
        watchers.forEach(watcher -> watcher.feed.end());
        watchers.clear();
    }

    private void endOld() {
        Instant now = Instant.now();
        watchers.stream()
                .filter(watcher -> watcher.until.isBefore(now))
                .forEach(watcher -> watcher.feed.end());
        watchers.removeIf(watcher -> watcher.until.isBefore(now));
    }

    private void tellAll() {
        Set<UUID> people =
                watchers.stream().map(watcher -> watcher.userId).collect(Collectors.toSet());
        Instant since = looked.minus(OVERLAP);
        Concerned concerned = changes.concerned(people, since);
        for (UUID person : concerned.people()) {
            Changes seen = changes.of(person, since);
            watchers.stream()
                    .filter(watcher -> watcher.userId.equals(person))
                    .forEach(watcher -> watcher.tell(seen));
        }
        looked = concerned.asOf();
    }
}
