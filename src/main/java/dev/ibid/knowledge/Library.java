package dev.ibid.knowledge;

import java.util.Collection;
import java.util.Map;
import java.util.UUID;

/** Who may read what, as Postgres has it; what there is to be read stands in {@link Contents}. */
public interface Library {

    /**
     * The collections {@code userId} may read, narrowed to those asked for; somebody else's ids
     * simply match nothing.
     */
    Scope scope(UUID userId, Collection<UUID> collectionIds, Collection<UUID> documentIds);

    /**
     * The chunks among {@code chunkIds} that {@code userId} may read now: of a document that was
     * not deleted, in its active version, in a collection they are a member of. The second of the
     * two checks that keep people's documents apart (the first is {@link Scope}).
     */
    Map<UUID, ReadableChunk> readable(UUID userId, Collection<UUID> chunkIds);

    record ReadableChunk(Chunk chunk, String documentName) {}

    /** The number of the last change made by {@code userId}, 0 if there was none. */
    long lastChangeBy(UUID userId);

    /** The number of the last change that was committed, 0 for none. */
    long lastChange();
}
