package dev.ibid.documents;

import dev.ibid.documents.Erasures.Open;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Sees deletions through: removes what was made of a deleted document, then counts in every store
 * what is left of it, until that is nothing. Each step may be repeated, so a process that dies
 * leaves nothing half done for longer than until the next start.
 */
final class Erasure {

    private static final Logger log = LoggerFactory.getLogger(Erasure.class);
    private static final int BATCH = 100;

    private final Erasures erasures;
    private final Originals originals;
    private final List<Remains> elsewhere;

    /**
     * @param elsewhere the stores beside the database and the originals
     */
    Erasure(Erasures erasures, Originals originals, List<Remains> elsewhere) {
        this.erasures = erasures;
        this.originals = originals;
        this.elsewhere = List.copyOf(elsewhere);
    }

    /** One round over the deletions that are not through yet. */
    void round() {
        List<Open> open = erasures.open(BATCH);
        Map<UUID, Map<String, Long>> found = new LinkedHashMap<>();
        for (Open deletion : open) {
            try {
                found.put(deletion.documentId(), remove(deletion));
            } catch (RuntimeException later) {
                log.warn(
                        "The deletion of document {} is not through yet; the next round will try again",
                        deletion.documentId(),
                        later);
            }
        }
        if (found.values().stream().anyMatch(Erasure::isNothing)) {
            elsewhere.forEach(store -> store.compact().run());
        }
        found.forEach(erasures::counted);
    }

    private Map<String, Long> remove(Open deletion) {
        UUID documentId = deletion.documentId();
        erasures.removeContents(documentId);
        Map<String, Long> remains = new LinkedHashMap<>(erasures.inDatabase(documentId));
        remains.put("originals", originalsLeft(deletion.originals()));
        elsewhere.forEach(
                store -> remains.put(store.store(), store.count().applyAsLong(documentId)));
        return remains;
    }

    private long originalsLeft(List<String> names) {
        List<String> left = new ArrayList<>();
        for (String name : names) {
            originals.delete(name);
            if (Files.exists(originals.path(name))) {
                left.add(name);
            }
        }
        return left.size();
    }

    private static boolean isNothing(Map<String, Long> remains) {
        return remains.values().stream().allMatch(count -> count == 0);
    }
}
