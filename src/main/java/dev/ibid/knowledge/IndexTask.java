package dev.ibid.knowledge;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.UUID;

/**
 * A piece of work on the indexes, which only the process that holds them can do.
 *
 * @param startedAt null while it waits
 * @param endedAt null until it has ended
 * @param done of {@code total} steps
 * @param report null unless it has ended well
 * @param failure why it ended otherwise, in words
 */
public record IndexTask(
        UUID id,
        Kind kind,
        Instant requestedAt,
        @Nullable Instant startedAt,
        @Nullable Instant endedAt,
        int done,
        int total,
        @Nullable IndexReport report,
        @Nullable String failure) {

    public enum Kind {
        /** Repair what differs. */
        VERIFY,
        /** Write everything anew. */
        REBUILD,
        /** Let the configured embedding model take over if it has not, then repair what differs. */
        SWITCH
    }

    public enum State {
        WAITING,
        RUNNING,
        DONE,
        FAILED
    }

    public State state() {
        if (endedAt != null) {
            return failure == null ? State.DONE : State.FAILED;
        }
        return startedAt == null ? State.WAITING : State.RUNNING;
    }
}
