package dev.ibid.chat;

import dev.ibid.knowledge.Passage;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The passages of a prompt, numbered from 1, as what a model may cite: behind a marker stands the
 * sentence of its passage that is most like the claim.
 */
final class NumberedPassages implements Sources {

    private record Sentence(Quote quote, WordBag words) {}

    private final List<List<Sentence>> passages = new ArrayList<>();

    /** Takes the passages apart beforehand, so that {@link #behind} costs little. */
    NumberedPassages(List<Passage> passages) {
        for (Passage passage : passages) {
            this.passages.add(
                    Sentences.of(passage).stream()
                            .map(quote -> new Sentence(quote, WordBag.of(quote.text())))
                            .toList());
        }
    }

    @Override
    public Optional<Quote> behind(int marker, String claim) {
        if (marker < 1 || marker > passages.size()) {
            return Optional.empty();
        }
        WordBag claimed = WordBag.of(claim);
        return passages.get(marker - 1).stream()
                .max(Comparator.comparingDouble(sentence -> sentence.words().likeness(claimed)))
                .map(Sentence::quote);
    }
}
