package dev.ibid.knowledge;

import java.util.List;

/** Finds chunks by their words (BM25). */
public interface LexicalIndex extends ChunkIndex {

    /** Adds chunks, replacing those of the same id. Visible to searches after {@link #commit}. */
    void upsert(List<Chunk> chunks);

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
}
