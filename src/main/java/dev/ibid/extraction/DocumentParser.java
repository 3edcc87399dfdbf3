package dev.ibid.extraction;

import java.nio.file.Path;

/**
 * Reads the text of one file. Implementations bound memory, time and output, and survive any input.
 */
public interface DocumentParser extends AutoCloseable {

    /**
     * Blocks until the file was read or a limit was met.
     *
     * @param mediaType what the file was recognised as when it was uploaded
     * @throws ParseFailure when the file holds no text that can be had
     */
    ExtractedText parse(Path file, String mediaType, ParseProgress progress) throws ParseFailure;

    @Override
    void close();
}
