package dev.ibid.listing;

import dev.ibid.failure.Failure;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.OptionalInt;
import java.util.UUID;

/**
 * Which part of a list is wanted.
 *
 * @param limit 1 to 100
 * @param after the key of the last item already seen, as {@link Listing} wrote it; null for the
 *     start
 */
public record Page(int limit, @Nullable String after) {

    public static final int MOST = 100;
    public static final int USUAL = 50;

    /**
     * @param cursor the opaque {@code nextCursor} of an earlier answer
     */
    public static Page of(int limit, @Nullable String cursor) {
        if (limit < 1 || limit > MOST) {
            throw Failure.invalid("limit", "limit must be a whole number from 1 to " + MOST + ".");
        }
        return new Page(limit, cursor == null ? null : decode(cursor));
    }

    /** The key as an id, for lists that are ordered by id. */
    public @Nullable UUID afterId() {
        try {
            return after == null ? null : UUID.fromString(after);
        } catch (IllegalArgumentException forged) {
            throw unknownCursor();
        }
    }

    /** The key as a number, for lists that are ordered by one. */
    public OptionalInt afterNumber() {
        try {
            return after == null ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(after));
        } catch (NumberFormatException forged) {
            throw unknownCursor();
        }
    }

    public static Failure unknownCursor() {
        return Failure.invalid(
                "cursor",
                "This cursor is not one that the server gave out. Start again without a cursor.");
    }

    static String encode(String key) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(key.getBytes(StandardCharsets.UTF_8));
    }

    private static String decode(String cursor) {
        try {
            return new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException forged) {
            throw unknownCursor();
        }
    }
}
