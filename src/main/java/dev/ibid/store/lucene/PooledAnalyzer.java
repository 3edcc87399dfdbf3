package dev.ibid.store.lucene;

import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.AnalyzerWrapper;
import org.apache.lucene.analysis.TokenFilter;
import org.apache.lucene.analysis.TokenStream;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.concurrent.BlockingDeque;
import java.util.concurrent.LinkedBlockingDeque;

/**
 * An analyzer whose chains of filters are lent to whoever analyses and come back when their stream
 * is closed. Lucene keeps a chain for each thread instead, and each question here has a thread of
 * its own: it would build them all anew. Each stream must be closed, and once.
 */
final class PooledAnalyzer extends AnalyzerWrapper {

    private static final int MOST_IDLE = 64;

    private final Analyzer analyzer;
    private final Idle idle;

    PooledAnalyzer(Analyzer analyzer) {
        this(analyzer, new Idle());
    }

    private PooledAnalyzer(Analyzer analyzer, Idle idle) {
        super(idle);
        this.analyzer = analyzer;
        this.idle = idle;
    }

    @Override
    protected Analyzer getWrappedAnalyzer(String field) {
        return analyzer;
    }

    @Override
    protected TokenStreamComponents wrapComponents(String field, TokenStreamComponents made) {
        Chain chain = new Chain(made.getTokenStream(), idle);
        TokenStreamComponents whole = new TokenStreamComponents(made.getSource(), chain);
        chain.whole = whole;
        return whole;
    }

    @Override
    public void close() {
        super.close();
        analyzer.close();
    }

    /** The chains that nobody uses; the one used last is lent first. */
    private static final class Idle extends ReuseStrategy {

        private final BlockingDeque<TokenStreamComponents> chains =
                new LinkedBlockingDeque<>(MOST_IDLE);

        @Override
        public @Nullable TokenStreamComponents getReusableComponents(Analyzer of, String field) {
            return chains.pollFirst();
        }

        /** It is in use, and comes back by itself. */
        @Override
        public void setReusableComponents(Analyzer of, String field, TokenStreamComponents made) {}
    }

    private static final class Chain extends TokenFilter {

        private final Idle idle;
        private @Nullable TokenStreamComponents whole;

        Chain(TokenStream filters, Idle idle) {
            super(filters);
            this.idle = idle;
        }

        @Override
        public boolean incrementToken() throws IOException {
            return input.incrementToken();
        }

        @Override
        public void close() throws IOException {
            super.close();
            if (whole != null) {
                idle.chains.offerFirst(whole);
            }
        }
    }
}
