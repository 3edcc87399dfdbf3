package dev.ibid.models;

import dev.ibid.failure.Failure;

import org.jspecify.annotations.Nullable;

import java.time.Duration;

/**
 * A call that went wrong.
 *
 * @param passing whether the same call may succeed a moment later
 * @param pause how long the provider asked us to wait before that
 */
record ModelTrouble(Failure failure, boolean passing, @Nullable Duration pause) {

    /** The stream ended although the answer had not. */
    static final class Interrupted extends RuntimeException {}

    /** The stream ended properly and held no text. */
    static final class Empty extends RuntimeException {}

    /** The provider sent an error in the stream; the message is its own and not for readers. */
    static final class Reported extends RuntimeException {
        Reported(String message) {
            super(message);
        }
    }

    /** Before the first token, or between two. */
    static final class Silent extends RuntimeException {}

    static @Nullable <T extends Throwable> T find(Throwable thrown, Class<T> type) {
        Throwable at = thrown;
        for (int depth = 0; at != null && depth < 10; depth++, at = at.getCause()) {
            if (type.isInstance(at)) {
                return type.cast(at);
            }
        }
        return null;
    }
}
