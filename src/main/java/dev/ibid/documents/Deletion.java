package dev.ibid.documents;

import dev.ibid.auth.Caller;
import dev.ibid.failure.Failure;

import java.util.UUID;

/**
 * Removes documents from sight, in one commit; what was made of them goes after that, and {@link
 * Erasure} sees to it.
 */
final class Deletion {

    private final Documents documents;
    private final Collections collections;
    private final Rights rights;

    Deletion(Documents documents, Collections collections, Rights rights) {
        this.documents = documents;
        this.collections = collections;
        this.rights = rights;
    }

    void document(Caller caller, UUID documentId) {
        rights.requireEditor(caller, documentId);
        documents.delete(caller.userId(), documentId);
    }

    void collection(Caller caller, UUID collectionId) {
        Collection collection = rights.visible(caller, collectionId);
        if (collection.personal()) {
            throw Failure.of(
                    Failure.Kind.CONFLICT,
                    "personal_collection",
                    "Your personal collection stays as long as your account does.");
        }
        rights.requireOwner(caller, collectionId);
        collections.delete(caller.userId(), collectionId);
    }
}
