package dev.ibid.citations;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The words of a text, cut short so that most endings fall away, and the pairs of neighbours in
 * scripts without spaces. Cheap enough for an event loop.
 */
record WordBag(Set<String> words) {

    private static final Pattern WORDS = Pattern.compile("[\\p{L}\\p{M}\\p{N}]+");
    private static final int SHORTEST = 3;
    private static final int STEM = 6;

    static WordBag of(String text) {
        Set<String> words = new HashSet<>();
        WORDS.matcher(text.toLowerCase(Locale.ROOT))
                .results()
                .forEach(found -> add(words, found.group()));
        return new WordBag(words);
    }

    private static void add(Set<String> words, String word) {
        if (word.codePoints().anyMatch(WordBag::isUnspaced)) {
            for (int at = 0; at + 2 <= word.length(); at++) {
                words.add(word.substring(at, at + 2));
            }
        } else if (word.length() >= SHORTEST || Character.isDigit(word.charAt(0))) {
            words.add(word.substring(0, Math.min(STEM, word.length())));
        }
    }

    private static boolean isUnspaced(int letter) {
        return switch (Character.UnicodeScript.of(letter)) {
            case HAN, HIRAGANA, KATAKANA, THAI -> true;
            default -> false;
        };
    }

    /**
     * How alike two texts are: the words they share, in relation to how many they have (cosine).
     */
    double likeness(WordBag other) {
        if (words.isEmpty() || other.words.isEmpty()) {
            return 0;
        }
        long shared = words.stream().filter(other.words::contains).count();
        return shared / Math.sqrt((double) words.size() * other.words.size());
    }
}
