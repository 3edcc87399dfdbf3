package dev.ibid.chat;

import dev.ibid.knowledge.Chunk;
import dev.ibid.knowledge.Passage;

import org.jspecify.annotations.Nullable;

import java.util.UUID;

/** A passage as the event stream shows it, in the form of a search result. */
record PassageView(
        UUID documentId,
        String documentName,
        int version,
        UUID chunkId,
        @Nullable Integer page,
        @Nullable String locator,
        int start,
        int end,
        @Nullable String heading,
        String text,
        double score,
        Scores scores) {

    record Scores(@Nullable Double dense, @Nullable Double lexical) {}

    static PassageView of(Passage passage) {
        Chunk chunk = passage.chunk();
        return new PassageView(
                chunk.documentId(),
                passage.documentName(),
                chunk.version(),
                chunk.id(),
                chunk.page(),
                chunk.locator(),
                chunk.start(),
                chunk.end(),
                chunk.heading(),
                chunk.text(),
                passage.score(),
                new Scores(passage.dense(), passage.lexical()));
    }
}
