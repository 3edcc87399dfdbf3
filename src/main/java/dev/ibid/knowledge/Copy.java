package dev.ibid.knowledge;

import java.util.Objects;
import java.util.UUID;

/**
 * An index as a copy of what {@link Library} holds, brought up to date by the entries of its log.
 * Applying an entry twice does no harm.
 *
 * @param name for logs, checks and metrics
 * @param contents what the library holds of a version now
 */
public record Copy(String name, ChunkIndex index, Contents contents) {

    /** Puts what the library holds of a version into the index, if it is to be found at all. */
    @FunctionalInterface
    public interface Contents {
        void put(UUID documentId, int version);
    }

    public static Copy ofWords(Library library, LexicalIndex index) {
        return new Copy(
                "lexical",
                index,
                (document, version) -> index.upsert(library.chunks(document, version)));
    }

    /**
     * @param fingerprint the one that the vectors of this index have
     */
    public static Copy ofVectors(Library library, VectorIndex index, String fingerprint) {
        return new Copy(
                "vectors",
                index,
                (document, version) ->
                        index.upsert(library.embeddedChunks(document, version, fingerprint)));
    }

    void apply(LogEntry entry) {
        switch (entry.kind()) {
            case VERSION_READY -> take(entry.documentId(), Objects.requireNonNull(entry.version()));
            case VERSION_GONE ->
                    index.deleteVersion(
                            entry.documentId(), Objects.requireNonNull(entry.version()));
            case DOCUMENT_GONE -> index.deleteDocument(entry.documentId());
        }
    }

    /** Replaces what the index holds of a version by what the library holds of it now. */
    void take(UUID documentId, int version) {
        index.deleteVersion(documentId, version);
        contents.put(documentId, version);
    }
}
