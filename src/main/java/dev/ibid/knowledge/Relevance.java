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
     * lets that passage through for 93 % in English, 87 % in Spanish and Russian, 81 % in German
     * and 65 % in Chinese; of questions on other subjects than the documents', a wrong passage for
     * 11, 9 (Russian), 7 (German) and 0 %.
     */
    static final double STRONG_COVERAGE = .45;

    private final LexicalIndex words;
    private final DenseWeight denseWeight;
    private final double similarityThreshold;

    /**
     * @param similarityThreshold on {@code (1 + cosine) / 2}
     */
    public Relevance(LexicalIndex words, DenseWeight denseWeight, double similarityThreshold) {
        this.words = words;
        this.denseWeight = denseWeight;
        this.similarityThreshold = similarityThreshold;
    }

    public boolean isRelevant(String query, Passage passage) {
        return isNear(query, passage)
                || words.coverage(query, passage.chunk().indexedText()) >= STRONG_COVERAGE;
    }

    /**
     * To a model that knows English only, any German question is near any German text: its nearness
     * means something in its own language alone.
     */
    private boolean isNear(String query, Passage passage) {
        boolean near = passage.dense() != null && passage.dense() >= similarityThreshold;
        return near && denseWeight.of(query) >= DenseWeight.USUAL;
    }
}
