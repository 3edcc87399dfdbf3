package dev.ibid.knowledge;

/**
 * Whether a passage is close enough to a question to be answered from. Near by its vector, or by
 * its words: a question in a language that the embedding model does not know, or about a name that
 * it never saw, is carried by the words alone.
 */
public final class Relevance {

    /**
     * The share of a question's weight that a passage must have words for; see {@link
     * LexicalIndex#coverage}. Measured on XQuAD: of the questions that one passage answers, this
     * lets that passage through for 87 % in English and Russian, 85 % in Spanish, 78 % in German
     * and 65 % in Chinese; of questions on other subjects than the documents', a wrong passage for
     * 5 %, 9 % (Russian) and none (Chinese).
     */
    static final double STRONG_COVERAGE = .45;

    private final LexicalIndex words;
    private final double similarityThreshold;

    /**
     * @param similarityThreshold on {@code (1 + cosine) / 2}
     */
    public Relevance(LexicalIndex words, double similarityThreshold) {
        this.words = words;
        this.similarityThreshold = similarityThreshold;
    }

    public boolean isRelevant(String query, Passage passage) {
        boolean near = passage.dense() != null && passage.dense() >= similarityThreshold;
        return near || words.coverage(query, passage.chunk().indexedText()) >= STRONG_COVERAGE;
    }
}
