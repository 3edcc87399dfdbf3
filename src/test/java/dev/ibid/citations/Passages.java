package dev.ibid.citations;

import dev.ibid.knowledge.Chunk;
import dev.ibid.knowledge.Chunks;
import dev.ibid.knowledge.Passage;

import org.jspecify.annotations.Nullable;

import java.util.List;

/** Passages for tests: chunks of a document's text. */
public final class Passages {

    private Passages() {}

    public static Passage of(String document, String text) {
        return part(document, text, 0, text.length(), null, "");
    }

    public static Passage underHeading(String document, String heading, String text) {
        return part(document, text, 0, text.length(), heading, "");
    }

    public static Passage rows(String document, String header, String rows) {
        return part(document, rows, 0, rows.length(), null, header);
    }

    /** The chunk from {@code start} to {@code end} of a longer text. */
    public static Passage part(String document, String heading, String text, int start, int end) {
        return part(document, text, start, end, heading, "");
    }

    private static Passage part(
            String document,
            String text,
            int start,
            int end,
            @Nullable String heading,
            String context) {
        Chunk chunk =
                new Chunk(
                        Chunks.id(document + start),
                        Chunks.id(document),
                        1,
                        Chunks.id("collection"),
                        0,
                        start,
                        end,
                        3,
                        null,
                        heading,
                        context,
                        List.of(),
                        text.substring(start, end));
        return new Passage(chunk, document, .8, null, 5.0);
    }

    static List<String> sentences(Passage passage) {
        return Sentences.of(passage).stream().map(Quote::text).toList();
    }
}
