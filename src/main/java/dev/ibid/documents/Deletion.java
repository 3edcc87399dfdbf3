package dev.ibid.documents;

import dev.ibid.auth.Caller;
import dev.ibid.failure.Failure;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** Removes documents: first from sight, in one commit, then their originals. */
final class Deletion {

    /** Long enough for an upload to reach its commit. */
    private static final Duration ORPHAN_AGE = Duration.ofHours(1);

    private final Documents documents;
    private final Collections collections;
    private final Originals originals;

    Deletion(Documents documents, Collections collections, Originals originals) {
        this.documents = documents;
        this.collections = collections;
        this.originals = originals;
    }

    void document(Caller caller, UUID documentId) {
        MemberRole role =
                documents
                        .roleIn(caller.userId(), documentId)
                        .orElseThrow(() -> Failure.notFound("document"));
        if (!role.mayEdit()) {
            throw Failure.of(
                    Failure.Kind.FORBIDDEN,
                    "read_only",
                    "You may read this document but not delete it. Ask the collection's owner.");
        }
        removeOriginals(documents.delete(caller.userId(), documentId));
    }

    void collection(Caller caller, UUID collectionId) {
        Collection collection =
                collections
                        .find(caller.userId(), collectionId)
                        .orElseThrow(() -> Failure.notFound("collection"));
        if (collection.personal()) {
            throw Failure.of(
                    Failure.Kind.CONFLICT,
                    "personal_collection",
                    "Your personal collection stays as long as your account does.");
        }
        if (collection.role() != MemberRole.OWNER) {
            throw Failure.of(
                    Failure.Kind.FORBIDDEN, "not_owner", "Only an owner may delete a collection.");
        }
        removeOriginals(collections.delete(caller.userId(), collectionId));
    }

    /**
     * What a process that died left on disk: files that were never committed, and originals of
     * documents that are gone.
     */
    void sweepOrphans() {
        originals.discardAbandoned(ORPHAN_AGE);
        Set<String> orphans = new HashSet<>(originals.olderThan(ORPHAN_AGE));
        orphans.removeAll(documents.referenced(orphans));
        removeOriginals(List.copyOf(orphans));
    }

    private void removeOriginals(List<String> names) {
        names.forEach(originals::delete);
    }
}
