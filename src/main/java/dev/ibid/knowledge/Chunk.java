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

    /** Where the text at an offset of the version's extracted text stands in the original. */
    public Place placeAt(int offset) {
        Place found = new Place(start, page, locator);
        for (Place place : places) {
            if (place.start() <= offset) {
                found = place;
            }
        }
        return found;
    }

    /** What is embedded and indexed. */
    public String indexedText() {
        return context.isEmpty() ? text : context + "\n" + text;
    }
}
