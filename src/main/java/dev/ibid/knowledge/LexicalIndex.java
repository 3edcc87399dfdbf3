package dev.ibid.knowledge;

import java.util.List;

/** Finds chunks by their words (BM25). */
public interface LexicalIndex extends ChunkIndex {

    /** Adds chunks, replacing those of the same id. Visible to searches after {@link #commit}. */
    void upsert(List<Chunk> chunks);

    /** Best first, at most {@code limit}. */
    List<Hit> search(String query, Scope scope, int limit);

    /**
     * The share, from 0 to 1, of what a question asks for that a text has words for. Each word of
     * the question counts by its rarity in the index (idf); function words do not count. A word
     * that no chunk has counts most, so a question about something unheard of is never covered.
     */
    double coverage(String query, String text);
}
