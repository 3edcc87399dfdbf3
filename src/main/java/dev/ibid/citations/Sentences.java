package dev.ibid.citations;

import dev.ibid.knowledge.Chunk;
import dev.ibid.knowledge.Passage;

import org.jspecify.annotations.Nullable;

import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Takes a passage apart into its sentences; where it is a table, a list or code, into rows, items
 * and lines.
 */
final class Sentences {

    private static final Pattern ITEM =
            Pattern.compile(
                    "\\s*(?:[-*+\u2022\u2023\u25E6\u2013] |\\d{1,3}[.)] |#|\\|).*", Pattern.DOTALL);

    /** After these a sentence goes on: "z. B.", "Abs.", "Mr.", "1. Januar". */
    private static final Pattern GOES_ON =
            Pattern.compile(
                    "(?:^|.*[\\s(\u00A0])(?:\\p{L}|\\d{1,2}|[Aa]bs|[Nn]r|[Nn]o|[Aa]rt|[Ss]ec|[Ff]ig|[Mm]rs?|[Dd]r|[Ee]tc|bzw|ca|vgl|gem|usw|pp?|vs|e\\.g|i\\.e)\\.\\s*",
                    Pattern.DOTALL);

    private final Passage passage;
    private final String text;
    private final List<Quote> sentences = new ArrayList<>();

    private Sentences(Passage passage) {
        this.passage = passage;
        this.text = passage.chunk().text();
    }

    /** In order; together they are the passage without the white space between them. */
    static List<Quote> of(Passage passage) {
        Sentences sentences = new Sentences(passage);
        sentences.takeApart();
        return List.copyOf(sentences.sentences);
    }

    private void takeApart() {
        int start = 0;
        for (int at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) {
            if (endsBlock(start, at)) {
                block(start, at);
                start = at + 1;
            }
        }
        block(start, text.length());
    }

    /**
     * A line end inside a paragraph is only where the page was full; elsewhere it ends what stands
     * before it.
     */
    private boolean endsBlock(int start, int lineEnd) {
        Chunk chunk = passage.chunk();
        int nextEnd = text.indexOf('\n', lineEnd + 1);
        String next = text.substring(lineEnd + 1, nextEnd < 0 ? text.length() : nextEnd);
        boolean row = !chunk.context().isEmpty();
        return row
                || chunk.beginsPlace(chunk.start() + lineEnd + 1)
                || next.isBlank()
                || ITEM.matcher(next).matches()
                || isHeading(text.substring(start, lineEnd), chunk.heading());
    }

    private static boolean isHeading(String line, @Nullable String heading) {
        return heading != null && line.strip().endsWith(heading.strip());
    }

    private void block(int start, int end) {
        BreakIterator breaks = BreakIterator.getSentenceInstance(Locale.ROOT);
        breaks.setText(text.substring(start, end));
        int from = 0;
        for (int to = breaks.next(); to != BreakIterator.DONE; to = breaks.next()) {
            boolean last = start + to == end;
            if (last || !GOES_ON.matcher(text.substring(start + from, start + to)).matches()) {
                add(start + from, start + to);
                from = to;
            }
        }
    }

    private void add(int from, int to) {
        int first = from;
        int end = to;
        while (first < end && Character.isWhitespace(text.charAt(first))) {
            first++;
        }
        while (end > first && Character.isWhitespace(text.charAt(end - 1))) {
            end--;
        }
        if (first < end) {
            sentences.add(new Quote(passage, first, end));
        }
    }
}
