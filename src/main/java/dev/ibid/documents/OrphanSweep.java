package dev.ibid.documents;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;

/**
 * Removes what a process that died left on disk: files that were never committed, and originals
 * that no version needs any more.
 */
final class OrphanSweep {

    private static final Logger log = LoggerFactory.getLogger(OrphanSweep.class);

    /** Long enough for an upload to reach its commit. */
    private static final Duration AGE = Duration.ofHours(1);

    private final Documents documents;
    private final Originals originals;

    OrphanSweep(Documents documents, Originals originals) {
        this.documents = documents;
        this.originals = originals;
    }

    void run() {
        try {
            sweep();
        } catch (RuntimeException later) {
            log.warn("Orphaned originals were not swept; the next round will try again", later);
        }
    }

    private void sweep() {
        originals.discardAbandoned(AGE);
        Set<String> orphans = new HashSet<>(originals.olderThan(AGE));
        orphans.removeAll(documents.referenced(orphans));
        orphans.forEach(originals::delete);
    }
}
