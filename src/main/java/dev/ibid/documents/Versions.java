package dev.ibid.documents;

import java.util.UUID;

/**
 * Where the versions of documents are queued. What these calls answer is committed: document,
 * version and ingestion job together, or none of them.
 */
public interface Versions {

    /**
     * A file that was received whole and is synced under {@code original}.
     *
     * @param userId who sent it
     */
    record Content(
            UUID userId,
            String name,
            String mediaType,
            long bytes,
            byte[] sha256,
            String original) {}

    /**
     * What became of a file; {@code existing} when it was there already, byte for byte and of the
     * same type, and nothing was queued.
     */
    record Queued(Document document, boolean existing) {}

    /**
     * Queues the first version of a new document.
     *
     * @throws dev.ibid.failure.Failure when the collection was deleted meanwhile
     */
    Queued add(UUID documentId, UUID collectionId, Content content);

    /**
     * Queues the next version of a document, which goes on answering with its present one until the
     * new one is ready. A version that was on its way is given up.
     *
     * @throws dev.ibid.failure.Failure when the document was deleted meanwhile
     */
    Queued replace(UUID documentId, Content content);

    /**
     * Queues the newest version again.
     *
     * @return false when it has not failed
     */
    boolean retry(UUID documentId);
}
