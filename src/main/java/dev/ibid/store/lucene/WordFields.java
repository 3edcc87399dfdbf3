package dev.ibid.store.lucene;

import dev.ibid.text.Language;
import dev.ibid.text.LanguageGuess;

import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.FieldType;
import org.apache.lucene.index.IndexOptions;
import org.apache.lucene.index.Term;

import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How words are indexed. Each chunk has its plain words, and its stems marked with the language
 * that it was taken to be in. A question is stemmed by the rules of every language, so finding does
 * not hang on a guess at its language, and a wrong guess about a chunk costs little: whatever rules
 * made the chunk's stems make the question's too. The stems of one word in different languages
 * count as one word, so that a rare language gains nothing from being rare.
 */
final class WordFields implements AutoCloseable {

    static final String PLAIN = "plain";
    static final String STEMS = "stems";
    private static final char MARK = '\u001F';
    private static final FieldType COUNTED = counted();

    /** One word of a question, in all the forms in which it may have been indexed. */
    record Sought(Set<Term> plain, Set<Term> stems) {

        Sought() {
            this(new LinkedHashSet<>(), new LinkedHashSet<>());
        }

        boolean isAmong(Set<Term> forms) {
            return !Collections.disjoint(forms, plain) || !Collections.disjoint(forms, stems);
        }
    }

    private final Words words = new Words();

    void add(Document document, String text, Language language) {
        String fit = Words.fit(text);
        document.add(field(PLAIN, terms(words.plain(fit))));
        document.add(field(STEMS, marked(words.stems(fit, language), language)));
    }

    /**
     * The distinct words of a question, without the function words of its language unless it has no
     * others.
     */
    Set<Sought> sought(String question) {
        String fit = Words.fit(question);
        Map<Words.Place, Sought> all = byPlace(fit);
        Language language = LanguageGuess.ofQuestion(fit);
        Map<Words.Place, Sought> telling = new LinkedHashMap<>(all);
        telling.keySet().removeIf(place -> words.isStopWord(place.of(fit), language));
        return new LinkedHashSet<>((telling.isEmpty() ? all : telling).values());
    }

    /** Whether a text that is not in the index has a word, told by the same forms. */
    Set<Term> forms(String text, Collection<Language> languages) {
        String fit = Words.fit(text);
        Set<Term> forms = new HashSet<>();
        terms(words.plain(fit)).forEach(term -> forms.add(new Term(PLAIN, term)));
        for (Language language : languages) {
            marked(words.stems(fit, language), language)
                    .forEach(term -> forms.add(new Term(STEMS, term)));
        }
        return forms;
    }

    @Override
    public void close() {
        words.close();
    }

    private Map<Words.Place, Sought> byPlace(String fit) {
        Map<Words.Place, Sought> byPlace = new LinkedHashMap<>();
        for (Words.Word word : words.plain(fit)) {
            at(byPlace, word).plain().add(new Term(PLAIN, word.term()));
        }
        for (Language language : Language.values()) {
            for (Words.Word word : words.stems(fit, language)) {
                at(byPlace, word).stems().add(new Term(STEMS, marked(word, language)));
            }
        }
        return byPlace;
    }

    private static Sought at(Map<Words.Place, Sought> byPlace, Words.Word word) {
        return byPlace.computeIfAbsent(word.place(), place -> new Sought());
    }

    private static List<String> terms(List<Words.Word> words) {
        return words.stream().map(Words.Word::term).toList();
    }

    private static List<String> marked(List<Words.Word> stems, Language language) {
        return stems.stream().map(stem -> marked(stem, language)).toList();
    }

    private static String marked(Words.Word stem, Language language) {
        return stem.term() + MARK + language.code();
    }

    private static Field field(String name, List<String> terms) {
        return new Field(name, new Listed(terms), COUNTED);
    }

    private static FieldType counted() {
        FieldType type = new FieldType();
        type.setTokenized(true);
        type.setIndexOptions(IndexOptions.DOCS_AND_FREQS);
        type.freeze();
        return type;
    }
}
