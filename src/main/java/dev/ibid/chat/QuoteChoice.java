package dev.ibid.chat;

import dev.ibid.knowledge.LexicalIndex;
import dev.ibid.knowledge.LexicalIndex.Coverage;
import dev.ibid.knowledge.Passage;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Chooses the sentences that answer a question best: those that have words for most of what it
 * asks, rare words counting more ({@link LexicalIndex#coverage}), and among equals those of the
 * better passage.
 */
final class QuoteChoice {

    private static final int MOST_QUOTES = 4;
    private static final int MOST_PASSAGES = 10;
    private static final int MOST_SENTENCES = 40;
    private static final int LONGEST = 500;

    /** A sentence that falls further behind the best is left out. */
    private static final double LEAST_OF_BEST = .6;

    private static final double WEIGHT_OF_PASSAGE = .2;

    private record Scored(Quote quote, double score) {}

    private final LexicalIndex words;

    QuoteChoice(LexicalIndex words) {
        this.words = words;
    }

    /**
     * At least one if there are passages, at most four; those of one document together, in its
     * order, the document with the best one first.
     */
    List<Quote> of(Question question) {
        if (question.passages().isEmpty()) {
            return List.of();
        }
        Coverage fit = fit(question);
        List<Scored> ranking =
                question.passages().stream()
                        .limit(MOST_PASSAGES)
                        .flatMap(passage -> scored(question, passage, fit).stream())
                        .sorted(Comparator.comparingDouble(Scored::score).reversed())
                        .toList();
        return byDocument(best(ranking));
    }

    private static List<Scored> scored(Question question, Passage passage, Coverage fit) {
        double top = question.passages().getFirst().score();
        double bonus = top <= 0 ? 0 : WEIGHT_OF_PASSAGE * passage.score() / top;
        List<Quote> sentences = Sentences.of(passage);
        List<Scored> scored = new ArrayList<>();
        for (int at = 0; at < Math.min(sentences.size(), MOST_SENTENCES); at++) {
            double fitting = fit.of(sentences.get(at).text());
            scored.add(new Scored(readable(sentences, at), fitting + bonus));
        }
        return scored;
    }

    /**
     * A follow-up is held against its own words as much as against those it took from the
     * conversation.
     */
    private Coverage fit(Question question) {
        Coverage whole = words.coverage(question.standalone());
        if (question.asked().equals(question.standalone())) {
            return whole;
        }
        Coverage own = words.coverage(question.asked());
        return sentence -> (whole.of(sentence) + own.of(sentence)) / 2;
    }

    /** A heading, or what ends in a colon, says too little without the sentence that follows. */
    private static Quote readable(List<Quote> sentences, int at) {
        Quote sentence = sentences.get(at);
        boolean more = at + 1 < sentences.size();
        boolean introduces =
                sentence.text().endsWith(":")
                        || sentence.text().equals(sentence.passage().chunk().heading());
        int to = more && introduces ? sentences.get(at + 1).to() : sentence.to();
        return cut(new Quote(sentence.passage(), sentence.from(), to));
    }

    private static Quote cut(Quote quote) {
        if (quote.to() - quote.from() <= LONGEST) {
            return quote;
        }
        String text = quote.text();
        int space = text.lastIndexOf(' ', LONGEST);
        int end = space > LONGEST / 2 ? space : LONGEST;
        int whole = Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end;
        return new Quote(quote.passage(), quote.from(), quote.from() + whole);
    }

    private static List<Quote> best(List<Scored> ranking) {
        List<Quote> best = new ArrayList<>();
        for (Scored candidate : ranking) {
            boolean close = candidate.score() >= LEAST_OF_BEST * ranking.getFirst().score();
            boolean fresh = best.stream().noneMatch(chosen -> repeats(chosen, candidate.quote()));
            if (close && fresh && best.size() < MOST_QUOTES) {
                best.add(candidate.quote());
            }
        }
        return best;
    }

    private static boolean repeats(Quote chosen, Quote candidate) {
        return chosen.overlaps(candidate) || chosen.text().equals(candidate.text());
    }

    private static List<Quote> byDocument(List<Quote> best) {
        Map<UUID, List<Quote>> documents = new LinkedHashMap<>();
        best.forEach(quote ->
                documents
                        .computeIfAbsent(
                                quote.passage().chunk().documentId(), document -> new ArrayList<>())
                        .add(quote));
        return documents.values().stream().flatMap(quotes -> inOrder(quotes).stream()).toList();
    }

    private static List<Quote> inOrder(List<Quote> quotes) {
        List<Quote> joined = new ArrayList<>();
        quotes.stream()
                .sorted(Comparator.comparingInt(Quote::start))
                .forEach(quote -> {
                    Optional<Quote> together =
                            joined.isEmpty() ? Optional.empty() : joined.getLast().joined(quote);
                    together.ifPresentOrElse(
                            both -> joined.set(joined.size() - 1, both), () -> joined.add(quote));
                });
        return joined;
    }
}
