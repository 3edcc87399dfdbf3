package dev.ibid.extraction;

import dev.ibid.config.Settings;

import java.time.Duration;
import java.util.List;

/**
 * What was set about text recognition (OCR) of scanned PDFs.
 *
 * @param languages as Tesseract names them, such as {@code eng} or {@code chi_sim}
 * @param pageTimeout for one page
 */
public record OcrConfig(Mode mode, List<String> languages, Duration pageTimeout) {

    /** Whether pages without text are recognised. */
    public enum Mode {
        OFF,
        ON
    }

    private static final Duration LONGEST = Duration.ofMinutes(10);

    public OcrConfig {
        languages = List.copyOf(languages);
    }

    public static OcrConfig from(Settings settings) {
        return new OcrConfig(
                settings.choice(
                                "OCR",
                                Mode.class,
                                "Whether scanned pages of PDFs are read by Tesseract, which must be installed.")
                        .or(Mode.OFF),
                settings.list(
                                "OCR_LANGUAGES",
                                "The languages of scanned pages, as Tesseract names them.")
                        .where(
                                names ->
                                        !names.isEmpty()
                                                && names.stream()
                                                        .allMatch(
                                                                name -> name.matches("\\w{1,40}")),
                                "names such as eng,deu,chi_sim")
                        .or(List.of("eng")),
                settings.duration(
                                "OCR_PAGE_TIMEOUT",
                                "How long the recognition of one scanned page may take.")
                        .where(
                                time -> time.toMillis() >= 100 && time.compareTo(LONGEST) <= 0,
                                "from 100ms to 10m")
                        .or(Duration.ofSeconds(30)));
    }
}
