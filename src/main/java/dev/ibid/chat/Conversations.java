package dev.ibid.chat;

import dev.ibid.listing.Listing;
import dev.ibid.listing.Page;

import org.jspecify.annotations.Nullable;

import java.util.Optional;
import java.util.UUID;

/**
 * Conversations as they are kept. Each is found by its id and its person; somebody else's is as
 * unknown as one that never was.
 */
public interface Conversations {

    Conversation create(UUID userId, String assistant, String title);

    Optional<Conversation> find(UUID userId, UUID id);

    /** The one last spoken in first. */
    Listing<Conversation> list(UUID userId, Filter filter, Page page);

    /**
     * Which conversations are wanted.
     *
     * @param text to be found in the title or a message, whatever its case; null for all
     * @param archived whether those that were put away are wanted, or the others
     */
    record Filter(@Nullable String text, boolean archived) {}

    /** Null leaves as it is. Empty if there is no such conversation. */
    Optional<Conversation> change(
            UUID userId, UUID id, @Nullable String title, @Nullable Boolean archived);

    /** Deletes it with its messages. False if there is no such conversation. */
    boolean delete(UUID userId, UUID id);
}
