package dev.ibid.extraction;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * How pages that are pictures are read (optical character recognition).
 *
 * @param program the absolute path of Tesseract; empty where pages are not recognised
 * @param languages such as {@code eng+deu}
 * @param pageTimeout for one page; a document may take this much longer for each page recognised
 * @param advice what somebody who uploaded a scan that was not recognised is told to do
 */
public record Ocr(String program, String languages, Duration pageTimeout, String advice) {

    /** More scanned pages than this make a document too long. */
    static final int MOST_PAGES = 500;

    public static final Ocr OFF =
            new Ocr(
                    "",
                    "",
                    Duration.ZERO,
                    "Ask whoever runs the server to turn on text recognition (OCR=on), or run it"
                            + " over the file yourself and upload the result.");

    private static final Logger log = LoggerFactory.getLogger(Ocr.class);
    private static final String TESSERACT = "tesseract";

    /**
     * Looks for Tesseract and its languages; where one is missing, says so in the log, once, and to
     * whoever uploads a scan.
     *
     * @param searchPath the folders where programs lie, as in {@code PATH}
     */
    public static Ocr find(OcrConfig config, String searchPath) {
        if (config.mode() == OcrConfig.Mode.OFF) {
            return OFF;
        }
        Optional<Path> program = program(searchPath);
        if (program.isEmpty()) {
            return missing("Tesseract is not installed");
        }
        List<String> installed = languages(program.get());
        List<String> absent =
                config.languages().stream().filter(name -> !installed.contains(name)).toList();
        if (!absent.isEmpty()) {
            return missing("Tesseract has no data for " + String.join(", ", absent));
        }
        return new Ocr(
                program.get().toString(),
                String.join("+", config.languages()),
                config.pageTimeout(),
                "");
    }

    boolean isOn() {
        return !program.isEmpty();
    }

    private static Ocr missing(String what) {
        log.warn("OCR=on, but {}: scanned PDFs will fail. Install it and start again.", what);
        return new Ocr(
                "",
                "",
                Duration.ZERO,
                "Text recognition (OCR) is turned on, but "
                        + what
                        + " on the server. Ask whoever runs it to install that, or upload a file"
                        + " with text.");
    }

    private static Optional<Path> program(String searchPath) {
        return Stream.of(searchPath.split(File.pathSeparator, -1))
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, TESSERACT).toAbsolutePath())
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static List<String> languages(Path program) {
        try {
            Process listing =
                    new ProcessBuilder(program.toString(), "--list-langs")
                            .redirectErrorStream(true)
                            .start();
            if (!listing.waitFor(10, TimeUnit.SECONDS)) {
                listing.destroyForcibly();
            }
            try (Stream<String> lines = listing.inputReader().lines()) {
                return lines.map(String::strip).toList();
            }
        } catch (IOException unusable) {
            log.warn("{} cannot be started: {}", program, unusable.toString());
            return List.of();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return List.of();
        }
    }
}
