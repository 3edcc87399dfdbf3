package dev.ibid.extraction;

import dev.ibid.documents.FileType;
import dev.ibid.extraction.ExtractedText.Block;
import dev.ibid.extraction.ExtractedText.Kind;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Runs an extractor in the test's own process and makes its outcome easy to look at. */
public record Extracted(ExtractedText whole) {

    private static final OutputLimits LIMITS = new OutputLimits(20_000_000, 10_000);

    public static Extracted of(FileType type, byte[] bytes) throws ParseFailure, IOException {
        Path file = Files.createTempFile("extracted", "." + type.extension());
        try {
            Files.write(file, bytes);
            return new Extracted(
                    Extractor.of(type, Ocr.OFF).extract(file, LIMITS, (done, total) -> {}));
        } finally {
            Files.delete(file);
        }
    }

    public static Extracted of(FileType type, String text) throws ParseFailure, IOException {
        return of(type, text, StandardCharsets.UTF_8);
    }

    public static Extracted of(FileType type, String text, Charset charset)
            throws ParseFailure, IOException {
        return of(type, text.getBytes(charset));
    }

    /** Each block as {@code KIND text}. */
    public List<String> blocks() {
        return whole.blocks().stream().map(each -> each.kind() + " " + text(each)).toList();
    }

    public List<Kind> kinds() {
        return whole.blocks().stream().map(Block::kind).toList();
    }

    /** The block that holds {@code words}. */
    public Block block(String words) {
        return whole.blocks().stream()
                .filter(each -> text(each).contains(words))
                .findFirst()
                .orElseThrow();
    }

    public String text(Block block) {
        return whole.text().substring(block.start(), block.end());
    }
}
