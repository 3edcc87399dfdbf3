package dev.ibid.ingestion;

import dev.ibid.extraction.ExtractedText;
import dev.ibid.extraction.ExtractedText.Block;
import dev.ibid.extraction.ExtractedText.Kind;
import dev.ibid.models.Tokenizer;

import java.util.List;
import java.util.stream.Collectors;

/** Which header is read before a row that stands in another piece than its header does. */
final class TableHeaders {

    /** Headers are of names: what is longer than this is cut before its tokens are counted. */
    private static final int MOST_UNITS = 1000;

    private final String text;
    private final List<Block> blocks;
    private final Tokenizer tokenizer;
    private final int mostTokens;
    private final int[] headers;
    private int lastHeader = -1;
    private String lastContext = "";

    TableHeaders(ExtractedText whole, Tokenizer tokenizer, int mostTokens) {
        this.text = whole.text();
        this.blocks = whole.blocks();
        this.tokenizer = tokenizer;
        this.mostTokens = mostTokens;
        this.headers = headersOf(blocks);
    }

    /** The header of the table that the block is a row of; empty if it is none. */
    String above(int block) {
        int header = headers[block];
        if (header < 0) {
            return "";
        }
        if (header != lastHeader) {
            lastHeader = header;
            lastContext = context(blocks.get(header));
        }
        return lastContext;
    }

    private static int[] headersOf(List<Block> blocks) {
        int[] headers = new int[blocks.size()];
        int header = -1;
        for (int at = 0; at < headers.length; at++) {
            Kind kind = blocks.get(at).kind();
            headers[at] = kind == Kind.TABLE_ROW ? header : -1;
            header = kind == Kind.TABLE_HEADER ? at : kind == Kind.TABLE_ROW ? header : -1;
        }
        return headers;
    }

    /** Without the line of dashes below a header in Markdown, and no longer than its share. */
    private String context(Block header) {
        int end = Cuts.before(text, header.start(), header.end(), header.start() + MOST_UNITS);
        String names =
                text.substring(header.start(), end)
                        .lines()
                        .filter(line -> !line.chars().allMatch(unit -> "|:- \t".indexOf(unit) >= 0))
                        .collect(Collectors.joining("\n"))
                        .strip();
        int[] ends = tokenizer.ends(names);
        if (ends.length <= mostTokens) {
            return names;
        }
        return names.substring(0, Cuts.before(names, 0, names.length(), ends[mostTokens - 1]))
                .strip();
    }
}
