package dev.ibid.citations;

import dev.ibid.knowledge.Chunk;
import dev.ibid.knowledge.Passage;

import java.util.Optional;

/**
 * A part of a passage.
 *
 * @param from first UTF-16 unit in the passage's text
 * @param to one past the last
 */
public record Quote(Passage passage, int from, int to) {

    public Quote {
        if (from < 0 || to <= from || to > passage.chunk().text().length()) {
            throw new IllegalArgumentException("a quote must be a part of its passage");
        }
    }

    public String text() {
        return passage.chunk().text().substring(from, to);
    }

    public int start() {
        return passage.chunk().start() + from;
    }

    public int end() {
        return passage.chunk().start() + to;
    }

    /**
     * Whether the offsets can be trusted: the passage is as long as the part of the document that
     * it claims to be.
     */
    public boolean holds() {
        Chunk chunk = passage.chunk();
        return chunk.text().length() == chunk.end() - chunk.start();
    }

    public boolean overlaps(Quote other) {
        Chunk mine = passage.chunk();
        Chunk theirs = other.passage().chunk();
        return mine.documentId().equals(theirs.documentId())
                && mine.version() == theirs.version()
                && start() < other.end()
                && other.start() < end();
    }

    /** This and what follows it as one quote, if only white space stands between them. */
    public Optional<Quote> joined(Quote next) {
        boolean neighbours =
                passage.equals(next.passage)
                        && to <= next.from
                        && passage.chunk().text().substring(to, next.from).isBlank();
        return neighbours ? Optional.of(new Quote(passage, from, next.to)) : Optional.empty();
    }

    public Citation citation(int marker) {
        Chunk chunk = passage.chunk();
        Chunk.Place place = chunk.placeOf(start(), end());
        return new Citation(
                marker,
                chunk.documentId(),
                passage.documentName(),
                chunk.version(),
                place.page(),
                place.locator(),
                start(),
                end(),
                text(),
                passage.score());
    }
}
