package dev.ibid.ingestion;

import dev.ibid.documents.FileType;
import dev.ibid.ingestion.ExtractedText.Block;
import dev.ibid.ingestion.ExtractedText.Kind;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Runs an extractor in the test's own process and makes its outcome easy to look at. */
record Extracted(ExtractedText whole) {

    private static final OutputLimits LIMITS = new OutputLimits(20_000_000, 10_000);

    static Extracted of(FileType type, byte[] bytes) throws ParseFailure, IOException {
        Path file = Files.createTempFile("extracted", "." + type.extension());
        try {
            Files.write(file, bytes);
            return new Extracted(Extractor.of(type).extract(file, LIMITS, (done, total) -> {}));
        } finally {
            Files.delete(file);
        }
    }

    static Extracted of(FileType type, String text) throws ParseFailure, IOException {
        return of(type, text, StandardCharsets.UTF_8);
    }

    static Extracted of(FileType type, String text, Charset charset)
            throws ParseFailure, IOException {
        return of(type, text.getBytes(charset));
    }

    /** Each block as {@code KIND text}. */
    List<String> blocks() {
        return whole.blocks().stream().map(each -> each.kind() + " " + text(each)).toList();
    }

    List<Kind> kinds() {
        return whole.blocks().stream().map(Block::kind).toList();
    }

    /** The block that holds {@code words}. */
    Block block(String words) {
        return whole.blocks().stream()
                .filter(each -> text(each).contains(words))
                .findFirst()
                .orElseThrow();
    }

    String text(Block block) {
        return whole.text().substring(block.start(), block.end());
    }
}
