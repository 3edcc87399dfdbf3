package dev.ibid.models;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.djl.huggingface.tokenizers.jni.CharSpan;

import dev.ibid.text.TextGate;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * The word pieces of a BERT-like model, from its {@code tokenizer.json}; the truncation and padding
 * that the file asks for are switched off.
 *
 * <p>Text is read in windows of {@value #WINDOW} UTF-16 units, so time and memory stay in
 * proportion to the length of any text. A window ends after a space or line end where its second
 * half has one, which changes no token. Where it has none the cut may split a word: a word longer
 * than 100 characters, which is one unknown token to the model, then becomes one such token in each
 * window.
 */
public final class WordPieceTokenizer implements Tokenizer, AutoCloseable {

    private static final int WINDOW = 16_384;
    private static final String MINI_LM = "/all-minilm-l6-v2-q-tokenizer.json";
    private static final int MINI_LM_POSITIONS = 512;

    private final HuggingFaceTokenizer pieces;
    private final long[] marks;
    private final int limit;

    /**
     * @param positions the most tokens the model takes, its start and end marks among them
     */
    private WordPieceTokenizer(HuggingFaceTokenizer pieces, int positions) {
        this.pieces = pieces;
        this.marks = pieces.encode("", true, false).getIds();
        this.limit = positions - marks.length;
    }

    /**
     * That of the local embedding model, by which texts are split whichever model embeds them: all
     * models share the same pieces.
     *
     * @param cacheDir a folder that this process may write, for native libraries; it is made when
     *     missing
     */
    public static WordPieceTokenizer miniLm(Path cacheDir) {
        try (InputStream json = WordPieceTokenizer.class.getResourceAsStream(MINI_LM)) {
            return load(Objects.requireNonNull(json, MINI_LM), MINI_LM_POSITIONS, cacheDir);
        } catch (IOException unreadable) {
            throw new UncheckedIOException("The tokenizer could not be unpacked", unreadable);
        }
    }

    static WordPieceTokenizer load(InputStream tokenizerJson, int positions, Path cacheDir)
            throws IOException {
        NativeLibraries.prepareTokenizer(cacheDir);
        Map<String, String> wholeText = Map.of("truncation", "false", "padding", "false");
        return new WordPieceTokenizer(
                HuggingFaceTokenizer.newInstance(tokenizerJson, wholeText), positions);
    }

    @Override
    public int count(String text) {
        String clean = TextGate.clean(text);
        int count = 0;
        for (int from = 0, to; from < clean.length(); from = to) {
            to = windowEnd(clean, from);
            count += encode(clean.substring(from, to)).getIds().length;
        }
        return count;
    }

    @Override
    public int[] ends(String text) {
        String clean = TextGate.clean(text);
        IntStream.Builder ends = IntStream.builder();
        for (int from = 0, to; from < clean.length(); from = to) {
            to = windowEnd(clean, from);
            addEnds(ends, clean.substring(from, to), from);
        }
        return ends.build().toArray();
    }

    @Override
    public int limit() {
        return limit;
    }

    /** What the model reads: the first {@link #limit} tokens between the start and the end mark. */
    long[] input(String text) {
        String clean = TextGate.clean(text);
        LongStream.Builder tokens = LongStream.builder();
        int count = 0;
        for (int from = 0, to; from < clean.length() && count < limit; from = to) {
            to = windowEnd(clean, from);
            for (long id : encode(clean.substring(from, to)).getIds()) {
                tokens.add(id);
                count++;
            }
        }
        LongStream read = tokens.build().limit(limit);
        return LongStream.concat(
                        LongStream.concat(LongStream.of(marks[0]), read), LongStream.of(marks[1]))
                .toArray();
    }

    @Override
    public void close() {
        pieces.close();
    }

    private Encoding encode(String window) {
        return pieces.encode(window, false, false);
    }

    /**
     * The library counts in code points. A composed character may decompose into several tokens,
     * and reordered marks may point backwards: the offset never does.
     */
    private void addEnds(IntStream.Builder ends, String window, int offset) {
        int points = 0;
        int units = 0;
        for (CharSpan span : encode(window).getCharTokenSpans()) {
            int further = Math.max(0, span.getEnd() - points);
            units = window.offsetByCodePoints(units, further);
            points += further;
            ends.add(offset + units);
        }
    }

    private static int windowEnd(String text, int from) {
        if (text.length() - from <= WINDOW) {
            return text.length();
        }
        int full = from + WINDOW;
        for (int at = full; at > full - WINDOW / 2; at--) {
            char before = text.charAt(at - 1);
            if (before == ' ' || before == '\n') {
                return at;
            }
        }
        return Character.isLowSurrogate(text.charAt(full)) ? full - 1 : full;
    }
}
