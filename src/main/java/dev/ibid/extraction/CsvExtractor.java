package dev.ibid.extraction;

import dev.ibid.extraction.ExtractedText.Kind;

import java.io.IOException;
import java.nio.file.Path;

/**
 * Tables as text. The text is the file's own, so that a quote is found there letter by letter; the
 * first record that is not blank is the header. Rows are numbered as a spreadsheet shows them: the
 * first record of the file is row 1, blank ones count, a record with line feeds in quotes is one
 * row.
 */
final class CsvExtractor implements Extractor {

    /** With more records than this, neighbours share a block: rows 1-51. */
    private static final int BLOCKS = 100_000;

    @Override
    public ExtractedText extract(Path file, OutputLimits limits, ParseProgress progress)
            throws IOException, ParseFailure {
        String text = TextFile.read(file, limits);
        CsvRecords records = CsvRecords.of(text);
        TextBlocks blocks = new TextBlocks(text);
        int header = 0;
        while (records.isBlank(header)) {
            header++;
        }
        blocks.add(
                Kind.TABLE_HEADER,
                records.start(header),
                records.end(header),
                new NumberedRange("row", header + 1, header + 1).toString(),
                null);
        addRows(records, header + 1, blocks);
        progress.read(records.count(), records.count());
        return blocks.finish();
    }

    private static void addRows(CsvRecords records, int from, TextBlocks blocks)
            throws ParseFailure {
        int perBlock = 1 + records.count() / BLOCKS;
        for (int first = from; first < records.count(); first += perBlock) {
            int last = Math.min(first + perBlock, records.count()) - 1;
            String locator = new NumberedRange("row", first + 1, last + 1).toString();
            blocks.add(Kind.TABLE_ROW, records.start(first), records.end(last), locator, null);
        }
    }
}
