package dev.ibid.chat;

import dev.ibid.knowledge.Passage;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The passages of a prompt, numbered from 1, as what a model may cite: behind a marker stands the
 * sentence of its passage that is most like the claim; where the claim shares no word with it, as
 * in an answer in another language, the one that is most like the question.
 */
final class NumberedPassages implements Sources {

    private record Sentence(Quote quote, WordBag words, double likeQuestion) {}

    private final List<List<Sentence>> passages = new ArrayList<>();

    /** Takes the passages apart beforehand, so that {@link #behind} costs little. */
    NumberedPassages(List<Passage> passages, String question) {
        WordBag asked = WordBag.of(question);
        for (Passage passage : passages) {
            this.passages.add(
                    Sentences.of(passage).stream().map(quote -> sentence(quote, asked)).toList());
        }
    }

    private static Sentence sentence(Quote quote, WordBag asked) {
        WordBag words = WordBag.of(quote.text());
        return new Sentence(quote, words, words.likeness(asked));
    }

    @Override
    public Optional<Quote> behind(int marker, String claim) {
        if (marker < 1 || marker > passages.size()) {
            return Optional.empty();
        }
        WordBag claimed = WordBag.of(claim);
        return passages.get(marker - 1).stream()
                .max(
                        Comparator.<Sentence>comparingDouble(
                                        sentence -> sentence.words().likeness(claimed))
                                .thenComparingDouble(Sentence::likeQuestion))
                .map(Sentence::quote);
    }
}
