package dev.ibid.documents;

import dev.ibid.listing.Listing;
import dev.ibid.listing.Page;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Where documents are kept. Every look-up is by id and person: somebody else's document is as
 * unknown as one that never was.
 */
public interface Documents {

    /** A file that was received whole and is synced under {@code original}. */
    record Upload(
            UUID documentId,
            UUID collectionId,
            UUID ownerId,
            String name,
            String mediaType,
            long bytes,
            byte[] sha256,
            String original) {}

    /**
     * What became of an upload; {@code existing} when the collection already has a document of the
     * same bytes, and nothing was added.
     */
    record Added(Document document, boolean existing) {}

    /** Keeps document, first version and ingestion job in one commit. */
    Added add(Upload upload);

    /** Newest first; {@code collectionId} null for all that the person may read. */
    Listing<Document> list(UUID userId, Optional<UUID> collectionId, Page page);

    Optional<Document> find(UUID userId, UUID documentId);

    /** The role of the person in the document's collection, if they may read it at all. */
    Optional<MemberRole> roleIn(UUID userId, UUID documentId);

    /** Where the original of the shown version lies. */
    record OriginalFile(String original, String name, String mediaType) {}

    Optional<OriginalFile> original(UUID userId, UUID documentId);

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
     * Makes the document invisible to everything and removes what was made of it, in one commit;
     * tells which originals may go.
     */
    List<String> delete(UUID userId, UUID documentId);

    /** Of these originals, the ones that some living version needs. */
    Set<String> referenced(Set<String> originals);
}
