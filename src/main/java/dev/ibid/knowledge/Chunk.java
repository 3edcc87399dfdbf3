package dev.ibid.knowledge;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.UUID;

/**
 * A piece of one document version, small enough to be embedded whole.
 *
 * @param id the same whenever the same version is split by the same splitter
 * @param ordinal its place among the version's chunks, from 0
 * @param start first UTF-16 unit in the version's extracted text
 * @param end one past the last
 * @param page from 1; null where the format has no pages
 * @param locator heading path or row range of the whole chunk where there are no pages
 * @param heading the innermost heading above it
 * @param context what is read before the text when it is indexed, such as a table's header; empty
 *     for most
 * @param places where its parts stand in the original, in order, the first at {@code start}; empty
 *     when that is {@code page} and {@code locator}
 * @param text the extracted text from {@code start} to {@code end}
 */
public record Chunk(
        UUID id,
        UUID documentId,
        int version,
        UUID collectionId,
        int ordinal,
        int start,
        int end,
        @Nullable Integer page,
        @Nullable String locator,
        @Nullable String heading,
        String context,
        List<Place> places,
        String text) {

    /**
     * Where the text from an offset on stands in the original.
     *
     * @param start first UTF-16 unit in the version's extracted text
     */
    public record Place(int start, @Nullable Integer page, @Nullable String locator) {}

    public Chunk {
        places = List.copyOf(places);
    }

    /**
     * Where a part of the text stands in the original: as narrow as it can be said.
     *
     * @param from first UTF-16 unit of the part in the version's extracted text
     * @param to one past the last
     */
    public Place placeOf(int from, int to) {
        Place found = new Place(start, page, locator);
        for (Place place : places) {
            if (place.start() <= from) {
                found = place;
            } else if (place.start() < to) {
                return new Place(start, page, locator);
            }
        }
        return found;
    }

    /** Whether another place of the original begins at this offset of the extracted text. */
    public boolean beginsPlace(int offset) {
        return places.stream().anyMatch(place -> place.start() == offset);
    }

    /** What is embedded and indexed. */
    public String indexedText() {
        return context.isEmpty() ? text : context + "\n" + text;
    }
}
