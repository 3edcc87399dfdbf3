package dev.ibid.knowledge;

import java.util.List;
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
         * @param from the least ordinal
         * @return the chunks that were put; fewer than {@code limit} at the version's end
         * @throws IllegalArgumentException when the index cannot take one of them
         */
        List<Chunk> put(UUID documentId, int version, int from, int limit);
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
                (document, version, from, limit) -> {
                    List<Chunk> chunks = contents.chunks(document, version, from, limit);
                    index.upsert(chunks);
                    return chunks;
                });
    }

    /**
     * @param fingerprint the one that the vectors of this index have
     */
    public static Copy ofVectors(Contents contents, VectorIndex index, String fingerprint) {
        return new Copy(
                "vectors",
                contents,
                index,
                (document, version, from, limit) -> {
                    List<EmbeddedChunk> chunks =
                            contents.embeddedChunks(document, version, fingerprint, from, limit);
                    index.upsert(chunks);
                    return chunks.stream().map(EmbeddedChunk::chunk).toList();
                });
    }

    /**
     * Replaces what the index holds of a version by what the contents hold of it now: all of it, or
     * nothing.
     *
     * @throws IllegalArgumentException when the index cannot take it
     */
    void take(UUID documentId, int version) {
        index.deleteVersion(documentId, version);
        try {
            List<Chunk> slice = filling.put(documentId, version, 0, SLICE);
            while (slice.size() == SLICE) {
                int next = slice.getLast().ordinal() + 1;
                slice = filling.put(documentId, version, next, SLICE);
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
