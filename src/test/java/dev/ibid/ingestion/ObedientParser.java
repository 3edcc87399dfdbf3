package dev.ibid.ingestion;

import dev.ibid.extraction.DocumentParser;
import dev.ibid.extraction.ExtractedText;
import dev.ibid.extraction.ParseFailure;
import dev.ibid.extraction.ParseProgress;

import java.nio.file.Path;

/** Answers as it was told. */
final class ObedientParser implements DocumentParser {

    interface Reading {
        ExtractedText text() throws ParseFailure;
    }

    volatile Reading answer = () -> new ExtractedText("", java.util.List.of(), null);
    volatile int asked;

    @Override
    public synchronized ExtractedText parse(Path file, String mediaType, ParseProgress progress)
            throws ParseFailure {
        asked++;
        return answer.text();
    }

    @Override
    public void close() {}
}
