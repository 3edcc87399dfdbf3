package dev.ibid.knowledge;

import java.util.Objects;
import java.util.UUID;

/**
 * An index as a copy of what {@link Library} holds, brought up to date by the entries of its log.
 * Applying an entry twice does no harm.
 */
public sealed interface Copy {

    /** For logs and metrics. */
    String name();

    long appliedThrough();

    /** Replaces what the copy holds of a version by what the library holds of it now. */
    void take(UUID documentId, int version);

    void dropVersion(UUID documentId, int version);

    void dropDocument(UUID documentId);

    void commit(long number);

    void clear();

    default void apply(LogEntry entry) {
        switch (entry.kind()) {
            case VERSION_READY -> take(entry.documentId(), Objects.requireNonNull(entry.version()));
            case VERSION_GONE ->
                    dropVersion(entry.documentId(), Objects.requireNonNull(entry.version()));
            case DOCUMENT_GONE -> dropDocument(entry.documentId());
        }
    }

    /** The chunks' words. */
    record OfWords(Library library, LexicalIndex index) implements Copy {

        @Override
        public String name() {
            return "lexical";
        }

        @Override
        public long appliedThrough() {
            return index.appliedThrough();
        }

        @Override
        public void take(UUID documentId, int version) {
            index.deleteVersion(documentId, version);
            index.upsert(library.chunks(documentId, version));
        }

        @Override
        public void dropVersion(UUID documentId, int version) {
            index.deleteVersion(documentId, version);
        }

        @Override
        public void dropDocument(UUID documentId) {
            index.deleteDocument(documentId);
        }

        @Override
        public void commit(long number) {
            index.commit(number);
        }

        @Override
        public void clear() {
            index.clear();
        }
    }

    /**
     * The chunks' vectors.
     *
     * @param fingerprint the one that the vectors of this index have
     */
    record OfVectors(Library library, VectorIndex index, String fingerprint) implements Copy {

        @Override
        public String name() {
            return "vectors";
        }

        @Override
        public long appliedThrough() {
            return index.appliedThrough();
        }

        @Override
        public void take(UUID documentId, int version) {
            index.deleteVersion(documentId, version);
            index.upsert(library.embeddedChunks(documentId, version, fingerprint));
        }

        @Override
        public void dropVersion(UUID documentId, int version) {
            index.deleteVersion(documentId, version);
        }

        @Override
        public void dropDocument(UUID documentId) {
            index.deleteDocument(documentId);
        }

        @Override
        public void commit(long number) {
            index.commit(number);
        }

        @Override
        public void clear() {
            index.clear();
        }
    }
}
