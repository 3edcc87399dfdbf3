package dev.ibid.ingestion;

import dev.ibid.extraction.ExtractedText;
import dev.ibid.extraction.ExtractedText.Block;
import dev.ibid.knowledge.Chunk;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Where the parts of a piece stand in the original. */
final class Places {

    private Places() {}

    /** Of the half-open range; empty when all of it stands in one place. */
    static List<Chunk.Place> of(ExtractedText text, int start, int end) {
        List<Block> blocks = text.blocks();
        List<Chunk.Place> places = new ArrayList<>();
        for (int at = firstEndingAfter(blocks, start);
                at < blocks.size() && blocks.get(at).start() < end;
                at++) {
            Block block = blocks.get(at);
            Chunk.Place place =
                    new Chunk.Place(Math.max(start, block.start()), block.page(), block.locator());
            if (places.isEmpty() || !isSamePlace(places.getLast(), place)) {
                places.add(place);
            }
        }
        return places.size() < 2 ? List.of() : places;
    }

    private static boolean isSamePlace(Chunk.Place one, Chunk.Place other) {
        return Objects.equals(one.page(), other.page())
                && Objects.equals(one.locator(), other.locator());
    }

    private static int firstEndingAfter(List<Block> blocks, int offset) {
        int low = 0;
        int high = blocks.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (blocks.get(middle).end() > offset) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }
}
