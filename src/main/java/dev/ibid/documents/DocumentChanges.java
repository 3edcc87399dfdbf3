package dev.ibid.documents;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * What has changed in people's documents. Times are those of the database; a change can be
 * committed some seconds after the time it bears, so whoever asks must look back further than to
 * the last answer, and know what they have seen.
 */
public interface DocumentChanges {

    /**
     * Whose documents have changed.
     *
     * @param asOf the database's clock when it was asked
     */
    record Concerned(Instant asOf, Set<UUID> people) {}

    /** Documents as they are now, and ids of those that were deleted. */
    record Changes(List<Document> documents, List<UUID> deleted) {}

    /** Of {@code watching}, the people with a change after {@code since}. */
    Concerned concerned(Set<UUID> watching, Instant since);

    /** What has changed for one person after {@code since}, and all that is being worked on. */
    Changes of(UUID userId, Instant since);
}
