package dev.ibid.documents;

import dev.ibid.auth.Caller;
import dev.ibid.failure.Failure;

import java.util.Optional;
import java.util.UUID;

/** What a caller may do with a document or a collection; what they may not see does not exist. */
final class Rights {

    private final Documents documents;
    private final Collections collections;

    Rights(Documents documents, Collections collections) {
        this.documents = documents;
        this.collections = collections;
    }

    void requireEditor(Caller caller, UUID documentId) {
        MemberRole role =
                documents
                        .roleIn(caller.userId(), documentId)
                        .orElseThrow(() -> Failure.notFound("document"));
        if (!role.mayEdit()) {
            throw Failure.of(
                    Failure.Kind.FORBIDDEN,
                    "read_only",
                    "You may read this document but not change it. Ask the collection's owner.");
        }
    }

    /** The collection that an upload goes to: the one asked for, or the caller's personal one. */
    Collection target(Caller caller, Optional<UUID> wanted) {
        if (wanted.isEmpty()) {
            return collections.personal(caller.userId());
        }
        Collection collection = visible(caller, wanted.get());
        if (!collection.role().mayEdit()) {
            throw Failure.of(
                    Failure.Kind.FORBIDDEN,
                    "read_only",
                    "You may read this collection but not add to it. Ask its owner.");
        }
        return collection;
    }

    Collection requireOwner(Caller caller, UUID collectionId) {
        Collection collection = visible(caller, collectionId);
        if (collection.role() != MemberRole.OWNER) {
            throw Failure.of(
                    Failure.Kind.FORBIDDEN,
                    "not_owner",
                    "Only an owner may rename or delete a collection.");
        }
        return collection;
    }

    Collection visible(Caller caller, UUID collectionId) {
        return collections
                .find(caller.userId(), collectionId)
                .orElseThrow(() -> Failure.notFound("collection"));
    }
}
