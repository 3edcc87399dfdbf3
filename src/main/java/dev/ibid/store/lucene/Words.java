package dev.ibid.store.lucene;

import dev.ibid.text.Language;

import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.CharArraySet;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.ar.ArabicAnalyzer;
import org.apache.lucene.analysis.de.GermanAnalyzer;
import org.apache.lucene.analysis.el.GreekAnalyzer;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.apache.lucene.analysis.es.SpanishAnalyzer;
import org.apache.lucene.analysis.fr.FrenchAnalyzer;
import org.apache.lucene.analysis.hi.HindiAnalyzer;
import org.apache.lucene.analysis.it.ItalianAnalyzer;
import org.apache.lucene.analysis.nl.DutchAnalyzer;
import org.apache.lucene.analysis.pt.PortugueseAnalyzer;
import org.apache.lucene.analysis.ru.RussianAnalyzer;
import org.apache.lucene.analysis.sv.SwedishAnalyzer;
import org.apache.lucene.analysis.th.ThaiAnalyzer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.analysis.tokenattributes.OffsetAttribute;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/**
 * Takes text apart into the words by which it is found: as they stand, and reduced to their stems
 * by the rules of a language.
 */
final class Words implements AutoCloseable {

    record Word(String term, Place place) {}

    /** Where a word stands in text that went through {@link #fit}. */
    record Place(int start, int end) {

        String of(String text) {
            return text.substring(start, end).toLowerCase(Locale.ROOT);
        }
    }

    private record Rules(Analyzer stemmer, CharArraySet stopWords) {

        /**
         * Stop words stay in: dropped from one language only, they would count as rare words of
         * another.
         */
        static Rules of(Function<CharArraySet, Analyzer> stemmer, CharArraySet stopWords) {
            return new Rules(new PooledAnalyzer(stemmer.apply(CharArraySet.EMPTY_SET)), stopWords);
        }
    }

    private final Analyzer plain = new PooledAnalyzer(new PlainWords());
    private final Rules plainRules = new Rules(plain, CharArraySet.EMPTY_SET);
    private final Map<Language, Rules> rules =
            Map.ofEntries(
                    Map.entry(
                            Language.ENGLISH,
                            Rules.of(EnglishAnalyzer::new, EnglishAnalyzer.getDefaultStopSet())),
                    Map.entry(
                            Language.GERMAN,
                            Rules.of(GermanAnalyzer::new, GermanAnalyzer.getDefaultStopSet())),
                    Map.entry(
                            Language.FRENCH,
                            Rules.of(FrenchAnalyzer::new, FrenchAnalyzer.getDefaultStopSet())),
                    Map.entry(
                            Language.SPANISH,
                            Rules.of(SpanishAnalyzer::new, SpanishAnalyzer.getDefaultStopSet())),
                    Map.entry(
                            Language.ITALIAN,
                            Rules.of(ItalianAnalyzer::new, ItalianAnalyzer.getDefaultStopSet())),
                    Map.entry(
                            Language.PORTUGUESE,
                            Rules.of(
                                    PortugueseAnalyzer::new,
                                    PortugueseAnalyzer.getDefaultStopSet())),
                    Map.entry(
                            Language.DUTCH,
                            Rules.of(DutchAnalyzer::new, DutchAnalyzer.getDefaultStopSet())),
                    Map.entry(
                            Language.SWEDISH,
                            Rules.of(SwedishAnalyzer::new, SwedishAnalyzer.getDefaultStopSet())),
                    Map.entry(
                            Language.RUSSIAN,
                            Rules.of(RussianAnalyzer::new, RussianAnalyzer.getDefaultStopSet())),
                    Map.entry(
                            Language.GREEK,
                            Rules.of(GreekAnalyzer::new, GreekAnalyzer.getDefaultStopSet())),
                    Map.entry(
                            Language.ARABIC,
                            Rules.of(ArabicAnalyzer::new, ArabicAnalyzer.getDefaultStopSet())),
                    Map.entry(
                            Language.HINDI,
                            Rules.of(HindiAnalyzer::new, HindiAnalyzer.getDefaultStopSet())),
                    Map.entry(
                            Language.THAI,
                            Rules.of(ThaiAnalyzer::new, ThaiAnalyzer.getDefaultStopSet())));

    /**
     * One form for what looks alike (ligatures, wide letters, accents set apart), and no hyphens
     * that only show at a line's end.
     */
    static String fit(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFKC).replace("\u00AD", "");
    }

    List<Word> plain(String fit) {
        return words(plain, fit);
    }

    List<Word> stems(String fit, Language language) {
        return words(rules(language).stemmer(), fit);
    }

    /** Lucene's lists lack most question words. */
    boolean isStopWord(String word, Language language) {
        return rules(language).stopWords().contains(word)
                || language.functionWords().contains(word);
    }

    private Rules rules(Language language) {
        return rules.getOrDefault(language, plainRules);
    }

    private static List<Word> words(Analyzer analyzer, String text) {
        List<Word> words = new ArrayList<>();
        try (TokenStream tokens = analyzer.tokenStream("", text)) {
            CharTermAttribute term = tokens.addAttribute(CharTermAttribute.class);
            OffsetAttribute offset = tokens.addAttribute(OffsetAttribute.class);
            tokens.reset();
            while (tokens.incrementToken()) {
                words.add(
                        new Word(
                                term.toString(),
                                new Place(offset.startOffset(), offset.endOffset())));
            }
            tokens.end();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return words;
    }

    @Override
    public void close() {
        plain.close();
        rules.values().forEach(language -> language.stemmer().close());
    }
}
