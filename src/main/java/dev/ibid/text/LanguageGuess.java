package dev.ibid.text;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Guesses the language of a text: by its script, and among the languages of Latin script by the
 * share of its words that are function words of one of them. Costs microseconds.
 */
public final class LanguageGuess {

    private static final int SAMPLE = 4_000;
    private static final Pattern NOT_LETTERS = Pattern.compile("[^\\p{L}\\p{M}]+");

    /** Running text has a third or more function words, names and tables next to none. */
    private static final double LEAST_SHARE = .12;

    private static final int OF_PASSAGE = 2;
    private static final int OF_QUESTION = 1;

    /** One Han character stands for about as much as four Latin letters. */
    private static final int IDEOGRAPH_WEIGHT = 4;

    private LanguageGuess() {}

    /** {@link Language#OTHER} when it cannot be told. */
    public static Language of(String text) {
        return guess(text, OF_PASSAGE);
    }

    /** A bolder guess, for a few words; what is built on it must bear its being wrong. */
    public static Language ofQuestion(String text) {
        return guess(text, OF_QUESTION);
    }

    private static Language guess(String text, int leastHits) {
        String sample = text.substring(0, Math.min(text.length(), SAMPLE));
        Writing writing = Writing.of(sample);
        return switch (writing) {
            case LATIN -> amongLatin(sample, leastHits);
            case CYRILLIC -> Language.RUSSIAN;
            case GREEK -> Language.GREEK;
            case ARABIC -> Language.ARABIC;
            case DEVANAGARI -> Language.HINDI;
            case THAI -> Language.THAI;
            case CJK -> Language.CJK;
            case OTHER -> Language.OTHER;
        };
    }

    private static Language amongLatin(String text, int leastHits) {
        String[] words = NOT_LETTERS.split(text.toLowerCase(Locale.ROOT));
        Map<Language, Integer> hits = new EnumMap<>(Language.class);
        for (Language language : Language.values()) {
            hits.put(
                    language,
                    (int) Arrays.stream(words).filter(language.functionWords()::contains).count());
        }
        var best = hits.entrySet().stream().max(Map.Entry.comparingByValue()).orElseThrow();
        boolean unique = hits.values().stream().filter(best.getValue()::equals).count() == 1;
        boolean enough = best.getValue() >= Math.max(leastHits, LEAST_SHARE * words.length);
        return unique && enough ? best.getKey() : Language.OTHER;
    }

    /** The script that most of a text is written in. */
    public enum Writing {
        LATIN,
        CYRILLIC,
        GREEK,
        ARABIC,
        DEVANAGARI,
        THAI,
        CJK,
        OTHER;

        public static Writing of(String text) {
            int[] weights = new int[values().length];
            text.codePoints()
                    .filter(Character::isLetter)
                    .forEach(letter -> {
                        Writing writing = of(letter);
                        weights[writing.ordinal()] += writing == CJK ? IDEOGRAPH_WEIGHT : 1;
                    });
            Writing most = OTHER;
            for (Writing writing : values()) {
                most = weights[writing.ordinal()] > weights[most.ordinal()] ? writing : most;
            }
            return most;
        }

        private static Writing of(int letter) {
            return switch (Character.UnicodeScript.of(letter)) {
                case LATIN -> LATIN;
                case CYRILLIC -> CYRILLIC;
                case GREEK -> GREEK;
                case ARABIC -> ARABIC;
                case DEVANAGARI -> DEVANAGARI;
                case THAI -> THAI;
                case HAN, HIRAGANA, KATAKANA, HANGUL, BOPOMOFO -> CJK;
                default -> OTHER;
            };
        }
    }
}
