package dev.ibid.chat;

import dev.ibid.knowledge.Passage;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The passages of a prompt, numbered from 1, as what a model may cite: behind a marker stands the
 * sentence of its passage that is most like the claim; where the claim shares no word with it, as
 * in an answer in another language, the one that is most like the question.
 */
final class NumberedPassages implements Sources {

    private record Sentence(Quote quote, WordBag words, double likeQuestion) {}

    private final List<Passage> passages;
    private final String question;
    private final Map<Integer, List<Sentence>> takenApart = new HashMap<>();

    /** A passage is taken apart when it is first cited: most answers cite one or two. */
    NumberedPassages(List<Passage> passages, String question) {
        this.passages = List.copyOf(passages);
        this.question = question;
    }

    @Override
    public synchronized Optional<Quote> behind(int marker, String claim) {
        if (marker < 1 || marker > passages.size()) {
            return Optional.empty();
        }
        WordBag claimed = WordBag.of(claim);
        return takenApart.computeIfAbsent(marker, this::sentences).stream()
                .max(
                        Comparator.<Sentence>comparingDouble(
                                        sentence -> sentence.words().likeness(claimed))
                                .thenComparingDouble(Sentence::likeQuestion))
                .map(Sentence::quote);
    }

    private List<Sentence> sentences(int marker) {
        WordBag asked = WordBag.of(question);
        return Sentences.of(passages.get(marker - 1)).stream()
                .map(quote -> sentence(quote, asked))
                .toList();
    }

    private static Sentence sentence(Quote quote, WordBag asked) {
        WordBag words = WordBag.of(quote.text());
        return new Sentence(quote, words, words.likeness(asked));
    }
}
