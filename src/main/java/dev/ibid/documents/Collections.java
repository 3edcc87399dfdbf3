package dev.ibid.documents;

import dev.ibid.listing.Listing;
import dev.ibid.listing.Page;

import java.util.Optional;
import java.util.UUID;

/**
 * Where collections are kept. Every look-up is by id and person: somebody else's collection is as
 * unknown as one that never was.
 */
public interface Collections {

    Collection create(UUID userId, String name);

    /** Newest first, the personal one among them. */
    Listing<Collection> list(UUID userId, Page page);

    Optional<Collection> find(UUID userId, UUID collectionId);

    /** The one that was made with the account. */
    Collection personal(UUID userId);

    void rename(UUID collectionId, String name);

    /** Deletes the collection and, with it, every document in it. */
    void delete(UUID userId, UUID collectionId);
}
