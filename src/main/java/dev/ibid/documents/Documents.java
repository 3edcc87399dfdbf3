package dev.ibid.documents;

import dev.ibid.listing.Listing;
import dev.ibid.listing.Page;

import org.jspecify.annotations.Nullable;

import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Where documents are kept. Every look-up is by id and person: somebody else's document is as
 * unknown as one that never was.
 */
public interface Documents {

    /** Newest first; {@code collectionId} null for all that the person may read. */
    Listing<Document> list(UUID userId, Optional<UUID> collectionId, Page page);

    Optional<Document> find(UUID userId, UUID documentId);

    /** The role of the person in the document's collection, if they may read it at all. */
    Optional<MemberRole> roleIn(UUID userId, UUID documentId);

    /** Where the original of a version lies, and what it was called. */
    record OriginalFile(String original, String name, String mediaType) {}

    /**
     * @param version the shown one if it is left out; an earlier one that once answered can be had
     *     too, since citations lead to it
     */
    Optional<OriginalFile> original(UUID userId, UUID documentId, Optional<Integer> version);

    /** A chunk as it is listed. */
    record ChunkView(
            UUID id,
            int ordinal,
            @Nullable Integer page,
            @Nullable String locator,
            @Nullable String heading,
            int start,
            int end,
            String text) {}

    /** The chunks of the shown version, in order. */
    Listing<ChunkView> chunks(UUID documentId, Page page);

    /**
     * Makes the document invisible to everything and ends the work on it, in one commit that also
     * opens its receipt.
     */
    void delete(UUID userId, UUID documentId);

    /** Of these originals, the ones that some living version needs. */
    Set<String> referenced(Set<String> originals);
}
