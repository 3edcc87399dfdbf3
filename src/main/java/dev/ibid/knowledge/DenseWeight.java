package dev.ibid.knowledge;

import dev.ibid.text.LanguageGuess;

/** How much the vectors count beside the words, from 0 to 1, for one question. */
@FunctionalInterface
public interface DenseWeight {

    /**
     * The best weight is flat between .3 and .5, measured with min-max normalisation over the first
     * 100 hits of each side.
     */
    double USUAL = .4;

    /**
     * For a question in another language of Latin script, asked of an English model: the best
     * between .1 and .3 in German and Spanish.
     */
    double HALF_UNDERSTOOD = .2;

    double of(String query);

    /** For a model that was trained on the languages people ask in. */
    static DenseWeight anyLanguage() {
        return query -> USUAL;
    }

    /**
     * For a model that knows English only. Of other languages in Latin script it still understands
     * names and loan words; of a question in another script nothing (nDCG@10 .22 and .24 against
     * .87 and .95 of the words in Russian and Chinese), so the words decide alone.
     */
    static DenseWeight englishOnly() {
        return query -> {
            if (LanguageGuess.Writing.of(query) != LanguageGuess.Writing.LATIN) {
                return 0;
            }
            return switch (LanguageGuess.ofQuestion(query)) {
                case ENGLISH, OTHER -> USUAL;
                default -> HALF_UNDERSTOOD;
            };
        };
    }
}
