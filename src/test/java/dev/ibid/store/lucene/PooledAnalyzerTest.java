package dev.ibid.store.lucene;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.core.WhitespaceTokenizer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

class PooledAnalyzerTest {

    private final AtomicInteger made = new AtomicInteger();
    private final Analyzer analyzer =
            new PooledAnalyzer(
                    new Analyzer() {
                        @Override
                        protected TokenStreamComponents createComponents(String field) {
                            made.incrementAndGet();
                            return new TokenStreamComponents(new WhitespaceTokenizer());
                        }
                    });

    @Test
    void oneThreadAfterTheOtherUsesTheSameChain() throws Exception {
        for (int at = 0; at < 20; at++) {
            int number = at;
            Callable<List<String>> analysis = () -> words("word " + number);
            try (ExecutorService one = Executors.newVirtualThreadPerTaskExecutor()) {
                assertThat(one.submit(analysis).get()).containsExactly("word", "" + number);
            }
        }

        assertThat(made).hasValue(1);
    }

    @Test
    void threadsAtTheSameTimeDoNotMixTheirWords() throws Exception {
        List<Callable<List<String>>> analyses =
                IntStream.range(0, 200)
                        .mapToObj(at ->
                                (Callable<List<String>>) () -> words(("w" + at + " ").repeat(50)))
                        .toList();
        List<Future<List<String>>> all;
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            all = threads.invokeAll(analyses);
        }

        for (int at = 0; at < all.size(); at++) {
            assertThat(all.get(at).resultNow()).hasSize(50).containsOnly("w" + at);
        }
        assertThat(made.get()).isLessThanOrEqualTo(8);
    }

    private List<String> words(String text) throws IOException {
        List<String> words = new ArrayList<>();
        try (TokenStream tokens = analyzer.tokenStream("", text)) {
            CharTermAttribute term = tokens.addAttribute(CharTermAttribute.class);
            tokens.reset();
            while (tokens.incrementToken()) {
                words.add(term.toString());
            }
            tokens.end();
        }
        return words;
    }
}
