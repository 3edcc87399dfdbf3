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

    private final List<Buffer> events = new ArrayList<>();
    private final CopyOnWriteArraySet<Runnable> readers = new CopyOnWriteArraySet<>();
    private boolean ended;

    /**
     * @param data becomes the event's JSON, in which no line break can forge another event
     */
    public void append(String event, Object data) {
        byte[] json = Json.bytes(data);
        synchronized (this) {
            if (ended) {
                return;
            }
            int id = events.size() + 1;
            events.add(EventFeed.encode(id, event, json));
        }
        readers.forEach(Runnable::run);
    }

    /** Appends the last event; later ones are ignored. */
    public void end(String event, Object data) {
        append(event, data);
        synchronized (this) {
            ended = true;
        }
        readers.forEach(Runnable::run);
    }

    @Override
    public synchronized Unread unread(long afterId) {
        int from = (int) Math.min(Math.max(afterId, 0), events.size());
        Buffer bytes = Buffer.buffer();
        events.subList(from, events.size()).forEach(bytes::appendBuffer);
        return new Unread(bytes, events.size(), ended);
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
