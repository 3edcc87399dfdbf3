package dev.ibid.documents;

import com.fasterxml.jackson.annotation.JsonInclude;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The receipts of deletions, and what the database itself still holds of deleted documents. */
public interface Erasures {

    /**
     * What a person who deleted a document can show.
     *
     * @param checkedAt when all stores were last counted; null before the first time
     * @param erasedAt when nothing was left in any of them; null until then
     * @param remains by store, how many pieces of the document were found when it was last counted
     */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record Receipt(
            UUID documentId,
            Instant requestedAt,
            @Nullable Instant checkedAt,
            @Nullable Instant erasedAt,
            Map<String, Long> remains) {}

    /** A deletion that is not through yet. */
    record Open(UUID documentId, List<String> originals) {}

    /** Those first that were not looked at for longest, so that a stuck one holds up no other. */
    List<Open> open(int limit);

    /** Removes texts, chunks and vectors, in pieces that no other transaction has to wait for. */
    void removeContents(UUID documentId);

    /** By store, how many pieces of the document the database holds. */
    Map<String, Long> inDatabase(UUID documentId);

    /** Keeps what was found; when it was nothing, the names of the document go as well. */
    void counted(UUID documentId, Map<String, Long> remains);

    /** For whoever asked for the deletion, and for the members of the document's collection. */
    Optional<Receipt> receipt(UUID userId, UUID documentId);
}
