package dev.ibid.knowledge;

import org.jspecify.annotations.Nullable;

import java.util.UUID;

/** A change to what can be found, in the order in which it was committed. */
public record LogEntry(long number, Kind kind, UUID documentId, @Nullable Integer version) {

    public enum Kind {
        VERSION_READY,
        VERSION_GONE,
        DOCUMENT_GONE
    }
}
