package dev.ibid.listing;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.function.Function;

/**
 * One page of a list.
 *
 * @param nextCursor to be sent back for the next page; null at the end
 */
public record Listing<T>(List<T> items, @Nullable String nextCursor) {

    public Listing {
        items = List.copyOf(items);
    }

    /**
     * Cuts rows that were read with {@code limit + 1}.
     *
     * @param key what the list is ordered by, unique for each item
     */
    public static <T> Listing<T> cut(List<T> rows, Page page, Function<T, ?> key) {
        if (rows.size() <= page.limit()) {
            return new Listing<>(rows, null);
        }
        List<T> items = rows.subList(0, page.limit());
        return new Listing<>(items, Page.encode(String.valueOf(key.apply(items.getLast()))));
    }

    public <R> Listing<R> map(Function<T, R> view) {
        return new Listing<>(items.stream().map(view).toList(), nextCursor);
    }
}
