package dev.ibid.journeys;

import dev.ibid.testing.Person.Upload;
import dev.ibid.testing.SampleFiles;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Readings whose ingestion takes long enough to be disturbed, made of words at random. */
final class Readings {

    /** A word of every paragraph. */
    static final String EVERYWHERE = "lighthouse";

    private static final List<String> WORDS =
            List.of(
                    "harbour", "signal", "keeper", "storm", "lantern", "coast", "vessel", "captain",
                    "tide", "morning", "journal", "repair", "weather", "island", "supply", "letter",
                    "winter", "engine", "mirror", "channel", "pilot", "report", "anchor", "quiet");
    private static final int WORDS_IN_A_PARAGRAPH = 60;

    private Readings() {}

    /** Embedding it takes some seconds. */
    static Upload longText() {
        return text("long.txt", 240, 1);
    }

    /** Embedding it takes a few batches. */
    static Upload story() {
        return text("story.txt", 120, 2);
    }

    /** Parsing it takes a while. */
    static Upload pdf() {
        return pdf("pages.pdf", 60, 1);
    }

    /** Five hundred pages. */
    static Upload book() {
        return pdf("book.pdf", 500, 2);
    }

    private static Upload pdf(String name, int count, int paragraphs) {
        String[] pages =
                IntStream.range(0, count)
                        .mapToObj(page ->
                                "# Page "
                                        + page
                                        + "\n\n"
                                        + lines(paragraphs(paragraphs, new Random(page))))
                        .toArray(String[]::new);
        return new Upload(name, "application/pdf", SampleFiles.pdf(pages));
    }

    /** A note of a few paragraphs; notes of different numbers differ. */
    static Upload note(int number) {
        return text("note-" + number + ".txt", 3 + number % 4, 100 + number);
    }

    private static Upload text(String name, int paragraphs, long seed) {
        String text = paragraphs(paragraphs, new Random(seed));
        return new Upload(name, "text/plain", text.getBytes(StandardCharsets.UTF_8));
    }

    private static String paragraphs(int count, Random random) {
        return Stream.generate(() -> paragraph(random))
                .limit(count)
                .collect(Collectors.joining("\n\n"));
    }

    private static String paragraph(Random random) {
        return "The "
                + EVERYWHERE
                + " "
                + random.ints(WORDS_IN_A_PARAGRAPH, 0, WORDS.size())
                        .mapToObj(WORDS::get)
                        .collect(Collectors.joining(" "))
                + ".";
    }

    private static String lines(String paragraph) {
        return paragraph.replaceAll("(.{60,80}) ", "$1\n");
    }
}
