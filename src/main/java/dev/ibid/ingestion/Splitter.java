package dev.ibid.ingestion;

import dev.ibid.extraction.ExtractedText;
import dev.ibid.extraction.ExtractedText.Block;
import dev.ibid.extraction.ExtractedText.Kind;
import dev.ibid.extraction.Locators;
import dev.ibid.models.Tokenizer;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Cuts a text into pieces that an embedding model takes whole: of at most 256 tokens, up to 64 of
 * them shared with the piece before, which found answers best when measured against 128 and 512. A
 * piece never mixes pages, starts anew at a heading once it is of some size, and ends with a
 * sentence or a row if it can. Takes time linear in the text, whatever the text is.
 */
public final class Splitter {

    /** Part of each chunk's id: raise it whenever the same text would be cut otherwise. */
    public static final int VERSION = 1;

    private static final int TOKENS = 256;
    private static final int QUARTER = 4;

    /** A token may be a word of any length, and a long word is one unknown token to some models. */
    private static final int MOST_UNITS = 4000;

    /**
     * What becomes a chunk.
     *
     * @param start first UTF-16 unit in the text
     * @param end one past the last
     * @param locator a heading path, or a range such as {@code "rows 12-18"}
     * @param context what is read before the piece when it is embedded or indexed, with a line feed
     *     between: the header of the table whose rows it begins with; otherwise empty
     */
    public record Piece(
            int start,
            int end,
            @Nullable Integer page,
            @Nullable String locator,
            @Nullable String heading,
            String context) {}

    private final Tokenizer tokenizer;
    private final int budget;

    public Splitter(Tokenizer tokenizer) {
        this.tokenizer = tokenizer;
        this.budget = Math.min(TOKENS, tokenizer.limit());
    }

    /** In order of {@code start}, which is never the same twice; all but white space is in one. */
    public List<Piece> split(ExtractedText text) {
        return new Run(text).pieces();
    }

    /** The splitting of one text. */
    private final class Run {

        private final String text;
        private final List<Block> blocks;
        private final List<Atom> atoms;
        private final TableHeaders headers;

        Run(ExtractedText whole) {
            text = whole.text();
            blocks = whole.blocks();
            atoms = new Atoms(tokenizer, budget / QUARTER).of(whole);
            headers = new TableHeaders(whole, tokenizer, budget / QUARTER);
        }

        List<Piece> pieces() {
            List<Piece> pieces = new ArrayList<>();
            for (int from = 0; from < atoms.size(); ) {
                String context = headers.above(atoms.get(from).block());
                int to = trimmed(from, filled(from, budget - countOf(context)), context);
                pieces.add(piece(from, to, context));
                from = to == atoms.size() ? to : overlapping(from, to);
            }
            return pieces;
        }

        /** The atom after the last that fits, drawn back to a good place to end. */
        private int filled(int from, int room) {
            int tokens = 0;
            int to = from;
            while (to < atoms.size() && !isBreak(from, to, tokens)) {
                Atom next = atoms.get(to);
                boolean fits =
                        tokens + next.tokens() <= room
                                && next.end() - atoms.get(from).start() <= MOST_UNITS;
                if (to > from && !fits) {
                    return withoutHeadings(from, atSentenceEnd(from, to, tokens));
                }
                tokens += next.tokens();
                to++;
            }
            return to;
        }

        /** A new page, or a heading below enough text. */
        private boolean isBreak(int from, int at, int tokens) {
            if (at == from) {
                return false;
            }
            Block block = block(at);
            boolean otherPage = !Objects.equals(block.page(), block(from).page());
            return otherPage || (startsSection(at) && tokens >= budget / QUARTER);
        }

        private int atSentenceEnd(int from, int to, int tokens) {
            int left = tokens;
            for (int at = to; at > from && left >= tokens - tokens / QUARTER; at--) {
                if (atoms.get(at - 1).closes()) {
                    return at;
                }
                left -= atoms.get(at - 1).tokens();
            }
            return to;
        }

        /** A heading belongs to what follows it. */
        private int withoutHeadings(int from, int to) {
            int at = to;
            while (at - 1 > from && block(at - 1).kind() == Kind.HEADING) {
                at--;
            }
            return at;
        }

        /** Tokens of parts need not add up to the tokens of the whole: the whole decides. */
        private int trimmed(int from, int to, String context) {
            int at = to;
            while (at - 1 > from && countOf(indexed(from, at, context)) > budget) {
                at--;
            }
            return at;
        }

        /** Where the piece after {@code [from, to)} starts; rows and sections share nothing. */
        private int overlapping(int from, int to) {
            boolean samePage = Objects.equals(block(to - 1).page(), block(to).page());
            if (!samePage || startsSection(to) || startsRow(to)) {
                return to;
            }
            int shared = 0;
            int back = to;
            while (back - 1 > from) {
                shared += atoms.get(back - 1).tokens();
                int units = atoms.get(to - 1).end() - atoms.get(back - 1).start();
                boolean enough = shared > budget / QUARTER || units > MOST_UNITS / QUARTER;
                if (enough || startsSection(back)) {
                    break;
                }
                back--;
            }
            return back;
        }

        private boolean startsSection(int at) {
            return block(at).kind() == Kind.HEADING && startsBlock(at);
        }

        private boolean startsRow(int at) {
            Kind kind = block(at).kind();
            return (kind == Kind.TABLE_ROW || kind == Kind.TABLE_HEADER) && startsBlock(at);
        }

        private boolean startsBlock(int at) {
            return at == 0 || atoms.get(at - 1).block() != atoms.get(at).block();
        }

        private Block block(int atom) {
            return blocks.get(atoms.get(atom).block());
        }

        private Piece piece(int from, int to, String context) {
            Block first = block(from);
            return new Piece(
                    atoms.get(from).start(),
                    atoms.get(to - 1).end(),
                    first.page(),
                    Locators.over(first.locator(), block(to - 1).locator()),
                    first.heading(),
                    context);
        }

        private String indexed(int from, int to, String context) {
            String own = text.substring(atoms.get(from).start(), atoms.get(to - 1).end());
            return context.isEmpty() ? own : context + "\n" + own;
        }

        private int countOf(String part) {
            return part.isEmpty() ? 0 : tokenizer.count(part);
        }
    }
}
