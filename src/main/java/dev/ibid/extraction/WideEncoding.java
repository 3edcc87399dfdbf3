package dev.ibid.extraction;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** Text with NULs among its bytes and no byte order mark: UTF-16 or UTF-32, or no text. */
final class WideEncoding {

    /** Almost all of a real text is letters, marks, digits, punctuation and space. */
    private static final double LEAST_PLAUSIBLE = 0.97;

    /** Text keeps to few 256-blocks of Unicode; text in the wrong byte order scatters over many. */
    private static final List<Charset> CANDIDATES =
            List.of(
                    StandardCharsets.UTF_32LE,
                    StandardCharsets.UTF_32BE,
                    StandardCharsets.UTF_16LE,
                    StandardCharsets.UTF_16BE);

    private WideEncoding() {}

    static Optional<String> decode(byte[] bytes) {
        String best = null;
        double bestScore = LEAST_PLAUSIBLE;
        for (Charset candidate : CANDIDATES) {
            Optional<String> text = TextEncoding.strictly(bytes, candidate);
            double score = text.map(WideEncoding::plausibility).orElse(0.0);
            if (score > bestScore) {
                best = text.orElseThrow();
                bestScore = score;
            }
        }
        return Optional.ofNullable(best);
    }

    /** 1 for text of common characters alone; more for the white space that only real text has. */
    private static double plausibility(String text) {
        long usual = text.codePoints().filter(WideEncoding::isUsual).count();
        long spaces = text.codePoints().filter(WideEncoding::isPlainSpace).count();
        long all = Math.max(1, text.codePointCount(0, text.length()));
        return (double) usual / all + (double) spaces / all;
    }

    private static boolean isUsual(int point) {
        return switch (Character.getType(point)) {
            case Character.UNASSIGNED,
                    Character.PRIVATE_USE,
                    Character.SURROGATE,
                    Character.CONTROL ->
                    isPlainSpace(point) || point == '\r';
            default -> true;
        };
    }

    private static boolean isPlainSpace(int point) {
        return point == ' ' || point == '\n' || point == '\t' || point == 0x3000;
    }
}
