package dev.ibid.knowledge;

import org.jspecify.annotations.Nullable;

import java.util.function.Predicate;

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

    /** Whether passages are close enough to one question. For one thread. */
    public Predicate<Passage> to(String query) {
        return new Judge(query, denseWeight.of(query) >= DenseWeight.USUAL);
    }

    private final class Judge implements Predicate<Passage> {

        private final String query;
        private final boolean byVectors;
        private LexicalIndex.@Nullable Coverage coverage;

        /**
         * @param byVectors whether nearness means anything: to a model that knows English only, any
         *     German question is near any German text
         */
        Judge(String query, boolean byVectors) {
            this.query = query;
            this.byVectors = byVectors;
        }

        @Override
        public boolean test(Passage passage) {
            boolean near = passage.dense() != null && passage.dense() >= similarityThreshold;
            return (near && byVectors)
                    || coverage().of(passage.chunk().indexedText()) >= STRONG_COVERAGE;
        }

        private LexicalIndex.Coverage coverage() {
            LexicalIndex.Coverage known = coverage;
            if (known == null) {
                known = words.coverage(query);
                coverage = known;
            }
            return known;
        }
    }
}
