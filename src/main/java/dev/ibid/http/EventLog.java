package dev.ibid.http;

import dev.ibid.json.Json;

import io.vertx.core.buffer.Buffer;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArraySet;

/**
 * The events of one answer, in order and numbered from 1, written by one producer and read by any
 * number of readers at their own pace, from the start or from where they left off. Events are
 * encoded once, when they are appended. Safe for use by many threads.
 */
public final class EventLog implements EventFeed {

    /** Of the objects that hold one event's bytes. */
    private static final int BYTES_AROUND = 150;

    private final List<Buffer> events = new ArrayList<>();
    private final CopyOnWriteArraySet<Runnable> readers = new CopyOnWriteArraySet<>();
    private boolean ended;
    private long bytes;

    /**
     * @param data becomes the event's JSON, in which no line break can forge another event
     */
    public void append(String event, Object data) {
        append(event, data, false);
    }

    /** Appends the last event; later ones are ignored. */
    public void end(String event, Object data) {
        append(event, data, true);
    }

    private void append(String event, Object data, boolean last) {
        byte[] json = Json.bytes(data);
        synchronized (this) {
            if (ended) {
                return;
            }
            Buffer encoded = EventFeed.encode(events.size() + 1, event, json);
            events.add(encoded);
            bytes += encoded.length() + BYTES_AROUND;
            ended = last;
        }
        readers.forEach(Runnable::run);
    }

    /** About how much memory the events take. */
    public synchronized long bytes() {
        return bytes;
    }

    @Override
    public synchronized Unread unread(long afterId) {
        int from = (int) Math.min(Math.max(afterId, 0), events.size());
        Buffer unread = Buffer.buffer();
        events.subList(from, events.size()).forEach(unread::appendBuffer);
        return new Unread(unread, events.size(), ended);
    }

    @Override
    public void follow(Runnable wake) {
        readers.add(wake);
        wake.run();
    }

    @Override
    public void leave(Runnable wake) {
        readers.remove(wake);
    }

    public int readers() {
        return readers.size();
    }
}
