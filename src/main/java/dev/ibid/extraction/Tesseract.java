package dev.ibid.extraction;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** Recognises the text of a picture with the program of this name, within its time. */
final class Tesseract {

    private static final int MOST_BYTES = 1 << 20;

    private final Ocr ocr;

    Tesseract(Ocr ocr) {
        this.ocr = ocr;
    }

    /**
     * @throws ParseFailure TIMEOUT: a page left out in silence would make half a document pass for
     *     a whole one; PARSER_CRASHED when the program fails
     */
    String read(Path picture, int page, int dotsPerInch) throws IOException, ParseFailure {
        Path text = Files.createTempFile("page", ".txt");
        Process process = start(picture, dotsPerInch, text);
        try {
            if (!process.waitFor(ocr.pageTimeout().toMillis(), TimeUnit.MILLISECONDS)) {
                throw late(page);
            }
            if (process.exitValue() != 0) {
                throw ParseFailure.crashed(
                        new IOException("tesseract ended with " + process.exitValue()));
            }
            try (InputStream in = Files.newInputStream(text)) {
                return new String(in.readNBytes(MOST_BYTES), StandardCharsets.UTF_8);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw ParseFailure.crashed(e);
        } finally {
            process.destroyForcibly();
            Files.deleteIfExists(text);
        }
    }

    /** One thread: the pages of several documents are recognised at once, and others compute. */
    private Process start(Path picture, int dotsPerInch, Path text) throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(
                        ocr.program(),
                        picture.toString(),
                        "stdout",
                        "-l",
                        ocr.languages(),
                        "--dpi",
                        String.valueOf(Math.max(70, dotsPerInch)));
        builder.environment().put("OMP_THREAD_LIMIT", "1");
        return builder.redirectOutput(text.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private ParseFailure late(int page) {
        return new ParseFailure(
                ParseFailure.Code.TIMEOUT,
                "Recognising the text of page "
                        + page
                        + " took longer than "
                        + ocr.pageTimeout().toMillis() / 1000.0
                        + " seconds. Ask whoever runs the server to raise OCR_PAGE_TIMEOUT, or upload"
                        + " a file with text.");
    }
}
