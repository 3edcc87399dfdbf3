package dev.ibid.extraction;

import java.io.IOException;
import java.nio.file.Path;

/** Markdown as it stands in the file, raw HTML and all, cut into blocks line by line. */
final class MarkdownExtractor implements Extractor {

    @Override
    public ExtractedText extract(Path file, OutputLimits limits, ParseProgress progress)
            throws IOException, ParseFailure {
        MarkdownBlocks blocks = new MarkdownBlocks(TextFile.read(file, limits));
        int lines = blocks.scan();
        progress.read(lines, lines);
        return blocks.finish();
    }
}
