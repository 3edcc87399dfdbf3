package dev.ibid.ingestion;

import dev.ibid.extraction.ExtractedText;
import dev.ibid.extraction.ExtractedText.Block;
import dev.ibid.extraction.ExtractedText.Kind;
import dev.ibid.models.Tokenizer;

import java.util.ArrayList;
import java.util.List;

/** Cuts blocks at the ends of sentences, and sentences that are too long at words or graphemes. */
final class Atoms {

    /** What the tokenizer is given at once: its own cost and memory need not be linear. */
    private static final int WINDOW = 4000;

    /** Sentences of fewer tokens join the one after them: three words are not worth an object. */
    private static final int FEWEST = 8;

    private static final int MOST_UNITS = 1000;

    private final Tokenizer tokenizer;
    private final int mostTokens;
    private final List<Atom> atoms = new ArrayList<>();

    Atoms(Tokenizer tokenizer, int mostTokens) {
        this.tokenizer = tokenizer;
        this.mostTokens = mostTokens;
    }

    List<Atom> of(ExtractedText text) {
        for (int index = 0; index < text.blocks().size(); index++) {
            Block block = text.blocks().get(index);
            for (int from = block.start(); from < block.end(); ) {
                int end = Cuts.before(text.text(), from, block.end(), from + WINDOW);
                new Window(text.text(), from, end, index, block.kind()).cut(end == block.end());
                from = end;
            }
        }
        return atoms;
    }

    /** A stretch of a block that is looked at as one. */
    private final class Window {

        private final String text;
        private final int start;
        private final int end;
        private final int block;
        private final Kind kind;
        private final int[] ends;

        Window(String text, int start, int end, int block, Kind kind) {
            this.text = text;
            this.start = start;
            this.end = end;
            this.block = block;
            this.kind = kind;
            this.ends = tokenizer.ends(text.substring(start, end));
        }

        void cut(boolean endsBlock) {
            int from = start;
            while (from < end) {
                int sentence = sentenceEnd(from);
                boolean closes = sentence < end || endsBlock;
                while (tokens(from, sentence) > mostTokens || sentence - from > MOST_UNITS) {
                    int cut = Cuts.before(text, from, sentence, longest(from));
                    add(from, cut, false);
                    from = cut;
                }
                add(from, sentence, closes);
                from = sentence;
            }
        }

        private int sentenceEnd(int from) {
            int at = from;
            do {
                at =
                        kind == Kind.CODE
                                ? Sentences.lineEnd(text, at, end)
                                : Sentences.end(text, at, end);
            } while (at < end && tokens(from, at) < FEWEST);
            return at;
        }

        /** The furthest place that keeps an atom within both limits. */
        private int longest(int from) {
            int last = endingBy(from) + mostTokens - 1;
            int byTokens = last < ends.length ? start + ends[last] : end;
            return Math.min(from + MOST_UNITS, byTokens);
        }

        private int tokens(int from, int to) {
            return endingBy(to) - endingBy(from);
        }

        /** How many tokens end at or before {@code offset}. */
        private int endingBy(int offset) {
            int low = 0;
            int high = ends.length;
            while (low < high) {
                int middle = (low + high) >>> 1;
                if (start + ends[middle] <= offset) {
                    low = middle + 1;
                } else {
                    high = middle;
                }
            }
            return low;
        }

        private void add(int from, int to, boolean closes) {
            int first = from;
            int last = to;
            while (first < last && Character.isWhitespace(text.charAt(first))) {
                first++;
            }
            while (last > first && Character.isWhitespace(text.charAt(last - 1))) {
                last--;
            }
            if (first < last) {
                atoms.add(new Atom(first, last, tokens(from, to), block, closes));
            }
        }
    }
}
