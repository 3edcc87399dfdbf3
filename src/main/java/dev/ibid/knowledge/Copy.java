package dev.ibid.knowledge;

import java.util.Set;
import java.util.UUID;

/**
 * An index as a copy of what {@link Contents} holds, brought up to date by the entries of its log.
 * Applying an entry twice does no harm.
 *
 * @param name for logs, checks and metrics
 */
public record Copy(String name, Contents contents, ChunkIndex index, Filling filling) {

    /** Chunks that are in memory at once. */
    private static final int SLICE = 256;

    /** Puts a slice of a version from the contents into the index. */
    @FunctionalInterface
    public interface Filling {

        /**
         * @param from ordinal of the slice's first chunk
         * @throws IllegalArgumentException when the index cannot take one of them
         */
        void put(UUID documentId, int version, int from, int limit);
    }

    /** How the index differs from the contents in one version. */
    record Difference(int missing, int orphaned) {

        boolean isNone() {
            return missing == 0 && orphaned == 0;
        }
    }

    public static Copy ofWords(Contents contents, LexicalIndex index) {
        return new Copy(
                "lexical",
                contents,
                index,
                (document, version, from, limit) ->
                        index.upsert(contents.chunks(document, version, from, limit)));
    }

    /**
     * @param fingerprint the one that the vectors of this index have
     */
    public static Copy ofVectors(Contents contents, VectorIndex index, String fingerprint) {
        return new Copy(
                "vectors",
                contents,
                index,
                (document, version, from, limit) ->
                        index.upsert(
                                contents.embeddedChunks(
                                        document, version, fingerprint, from, limit)));
    }

    /**
     * Replaces what the index holds of a version by what the contents hold of it now: all of it, or
     * nothing.
     *
     * @throws IllegalArgumentException when the index cannot take it
     */
    void take(UUID documentId, int version) {
        index.deleteVersion(documentId, version);
        int all = contents.ids(documentId, version).size();
        try {
            for (int from = 0; from < all; from += SLICE) {
                filling.put(documentId, version, from, SLICE);
            }
        } catch (IllegalArgumentException unfit) {
            index.deleteVersion(documentId, version);
            throw unfit;
        }
    }

    Difference difference(DocumentVersion version) {
        Set<UUID> wanted = contents.ids(version.documentId(), version.version());
        Set<UUID> held = index.ids(version.documentId(), version.version());
        int shared = (int) held.stream().filter(wanted::contains).count();
        return new Difference(wanted.size() - shared, held.size() - shared);
    }
}
