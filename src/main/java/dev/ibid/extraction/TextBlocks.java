package dev.ibid.extraction;

import dev.ibid.extraction.ExtractedText.Block;
import dev.ibid.extraction.ExtractedText.Kind;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/** The blocks of a document whose text is the file's own. */
final class TextBlocks {

    private final String text;
    private final List<Block> blocks = new ArrayList<>();

    TextBlocks(String text) {
        this.text = text;
    }

    /** Adds what stands from {@code start} to {@code end}, without the white space around it. */
    void add(Kind kind, int start, int end, @Nullable String locator, @Nullable String heading)
            throws ParseFailure {
        int first = start;
        int last = end;
        while (first < last && Character.isWhitespace(text.charAt(first))) {
            first++;
        }
        while (last > first && Character.isWhitespace(text.charAt(last - 1))) {
            last--;
        }
        if (first == last) {
            return;
        }
        if (blocks.size() == OutputLimits.BLOCKS) {
            throw ParseFailure.tooLong();
        }
        blocks.add(new Block(kind, first, last, null, locator, heading));
    }

    ExtractedText finish() {
        return new ExtractedText(text, blocks, null);
    }
}
