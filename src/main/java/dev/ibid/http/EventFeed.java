package dev.ibid.http;

import io.vertx.core.buffer.Buffer;

import java.nio.charset.StandardCharsets;

/** Server-sent events that a reader takes at its own pace. Safe for use by many threads. */
public sealed interface EventFeed permits EventLog, LatestEvents {

    /**
     * What a reader has not seen yet, in one piece.
     *
     * @param lastId to be passed the next time
     * @param ended whether nothing will follow
     */
    record Unread(Buffer bytes, long lastId, boolean ended) {}

    /**
     * @param afterId the last event that the reader has seen, 0 for none
     */
    Unread unread(long afterId);

    /**
     * @param wake called on the producer's thread after each event; must only schedule
     */
    void follow(Runnable wake);

    void leave(Runnable wake);

    static Buffer encode(long id, String event, byte[] json) {
        return Buffer.buffer(json.length + event.length() + 32)
                .appendString(
                        "id: " + id + "\nevent: " + event + "\ndata: ",
                        StandardCharsets.UTF_8.name())
                .appendBytes(json)
                .appendString("\n\n");
    }
}
