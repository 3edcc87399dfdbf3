package dev.ibid.chat;

import org.jspecify.annotations.Nullable;

/** What a person says of an answer; the last word counts. */
public record Feedback(Rating rating, @Nullable String comment) {

    public enum Rating {
        UP,
        DOWN
    }
}
