package dev.ibid.extraction;

import dev.ibid.extraction.ExtractedText.Kind;

import java.io.IOException;
import java.nio.file.Path;

/** Plain text: paragraphs between blank lines, each located by its lines, counted from 1. */
final class TextExtractor implements Extractor {

    /** A text without blank lines is cut at line ends, so that its locators stay of use. */
    private static final int LONGEST_PARAGRAPH = 2000;

    @Override
    public ExtractedText extract(Path file, OutputLimits limits, ParseProgress progress)
            throws IOException, ParseFailure {
        String text = TextFile.read(file, limits);
        TextBlocks blocks = new TextBlocks(text);
        int start = 0;
        int firstLine = 1;
        Lines lines = new Lines(text);
        while (lines.next()) {
            boolean tooLong = lines.end() - start >= LONGEST_PARAGRAPH;
            if (lines.isBlank() || tooLong || lines.isLast()) {
                blocks.add(Kind.PARAGRAPH, start, lines.end(), range(firstLine, lines), null);
                start = lines.end();
                firstLine = lines.number() + 1;
            }
        }
        progress.read(lines.number(), lines.number());
        return blocks.finish();
    }

    private static String range(int first, Lines lines) {
        int last = lines.isBlank() ? Math.max(first, lines.number() - 1) : lines.number();
        return new NumberedRange("line", first, last).toString();
    }
}
