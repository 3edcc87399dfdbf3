package dev.ibid.knowledge;

import java.util.List;
import java.util.UUID;

/**
 * Finds chunks by their words (BM25). A cache that can be filled again from {@link Library}. Safe
 * for use by many threads; calls block.
 */
public interface LexicalIndex extends AutoCloseable {

    /** Adds chunks, replacing those of the same id. Visible to searches after {@link #commit}. */
    void upsert(List<Chunk> chunks);

    /** Removes all chunks of one version. */
    void deleteVersion(UUID documentId, int version);

    void deleteDocument(UUID documentId);

    /** Best first, at most {@code limit}. */
    List<Hit> search(String query, Scope scope, int limit);

    /** Takes a question apart once, to hold any number of texts against it. */
    Coverage coverage(String query);

    /** What texts have words for of one question. */
    @FunctionalInterface
    interface Coverage {

        /**
         * The share, from 0 to 1, of what the question asks for that a text has words for. Each
         * word of the question counts by its rarity in the index (idf); function words do not
         * count. A word that no chunk has counts most, so a question about something unheard of is
         * never covered.
         */
        double of(String text);
    }

    /**
     * Makes everything visible and durable, together with the number of the last log entry it
     * reflects.
     */
    void commit(long logNumber);

    /** The number of the last log entry that is visible; 0 for an empty index. */
    long appliedThrough();

    long count();

    /** Removes everything; {@link #appliedThrough} is 0 afterwards. */
    void clear();

    @Override
    void close();
}
