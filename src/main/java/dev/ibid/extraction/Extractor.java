package dev.ibid.extraction;

import dev.ibid.documents.FileType;

import java.io.IOException;
import java.nio.file.Path;

/** Reads the text of one format. Runs in the parser's process, never in the server's. */
interface Extractor {

    /** An {@link IOException} means that the bytes cannot be read as this format. */
    ExtractedText extract(Path file, OutputLimits limits, ParseProgress progress)
            throws IOException, ParseFailure;

    /**
     * @param ocr for pages that are pictures
     */
    static Extractor of(FileType type, Ocr ocr) {
        return switch (type) {
            case PDF -> new PdfExtractor(ocr);
            case DOCX -> new DocxExtractor();
            case TXT -> new TextExtractor();
            case MD -> new MarkdownExtractor();
            case CSV -> new CsvExtractor();
        };
    }
}
