package dev.ibid.extraction;

import dev.ibid.text.TextGate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The characters of a file that holds nothing but text. */
final class TextFile {

    private TextFile() {}

    /** The text with all line ends as LF, through the gate, in whichever encoding it was. */
    static String read(Path file, OutputLimits limits) throws IOException, ParseFailure {
        String text = TextGate.lines(TextEncoding.decode(Files.readAllBytes(file)));
        if (text.isBlank()) {
            throw new ParseFailure(
                    ParseFailure.Code.EMPTY, "There is no text in the file. Choose another.");
        }
        if (text.length() > limits.characters()) {
            throw ParseFailure.tooLong();
        }
        return text;
    }
}
