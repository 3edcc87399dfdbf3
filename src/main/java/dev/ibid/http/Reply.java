package dev.ibid.http;

import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.util.Map;

/** What an action answers. */
public sealed interface Reply {

    static Reply ok(Object body) {
        return new Body(200, body, Map.of());
    }

    static Reply created(Object body) {
        return new Body(201, body, Map.of());
    }

    static Reply accepted(Object body) {
        return new Body(202, body, Map.of());
    }

    static Reply noContent() {
        return new Empty(204);
    }

    /** A body written as JSON. */
    record Body(int status, Object value, Map<String, String> headers) implements Reply {

        public Body with(String header, String content) {
            return new Body(status, value, Map.of(header, content));
        }
    }

    record Empty(int status) implements Reply {}

    /** Text in a form of its own, such as metrics or the contract. */
    record Text(int status, String mediaType, String text) implements Reply {}

    /** A file, always sent as an attachment that no browser shows as a page. */
    record Download(Path file, String name, String mediaType) implements Reply {}

    /**
     * Server-sent events from {@code feed}.
     *
     * @param afterId the last event that the reader has seen, 0 for none
     * @param onLeave told once when the reader is gone or everything was sent
     */
    record Events(EventFeed feed, long afterId, @Nullable Runnable onLeave) implements Reply {}
}
