package dev.ibid.store.lucene;

import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.cjk.CJKBigramFilter;
import org.apache.lucene.analysis.core.DecimalDigitFilter;
import org.apache.lucene.analysis.core.LowerCaseFilter;
import org.apache.lucene.analysis.miscellaneous.ASCIIFoldingFilter;
import org.apache.lucene.analysis.standard.StandardTokenizer;

/**
 * Words as they stand, in any script: small letters without accents, and Han, kana and hangul one
 * by one and as pairs of neighbours.
 */
final class PlainWords extends Analyzer {

    private static final int PAIRED =
            CJKBigramFilter.HAN
                    | CJKBigramFilter.HIRAGANA
                    | CJKBigramFilter.KATAKANA
                    | CJKBigramFilter.HANGUL;

    @Override
    protected TokenStreamComponents createComponents(String field) {
        StandardTokenizer words = new StandardTokenizer();
        TokenStream small = new DecimalDigitFilter(new LowerCaseFilter(words));
        return new TokenStreamComponents(
                words, new ASCIIFoldingFilter(new CJKBigramFilter(small, PAIRED, true)));
    }
}
