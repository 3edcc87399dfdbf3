package dev.ibid.http;

import dev.ibid.json.Json;

import io.vertx.core.buffer.Buffer;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Events of which only the last about each subject counts: a reader that does not keep up skips
 * those in between, so it never costs more than one event a subject. For one reader.
 */
public final class LatestEvents implements EventFeed {

    private record Event(long id, Buffer bytes) {}

    private final Map<Object, Event> latest = new LinkedHashMap<>();
    private Runnable reader = () -> {};
    private long lastId;
    private boolean ended;

    /**
     * @param data becomes the event's JSON, in which no line break can forge another event
     */
    public void put(Object subject, String event, Object data) {
        byte[] json = Json.bytes(data);
        Runnable wake;
        synchronized (this) {
            lastId++;
            latest.remove(subject);
            latest.put(subject, new Event(lastId, EventFeed.encode(lastId, event, json)));
            wake = reader;
        }
        wake.run();
    }

    /** Ends the stream once its reader has seen what is there. */
    public void end() {
        Runnable wake;
        synchronized (this) {
            ended = true;
            wake = reader;
        }
        wake.run();
    }

    @Override
    public synchronized Unread unread(long afterId) {
        latest.values().removeIf(event -> event.id() <= afterId);
        Buffer bytes = Buffer.buffer();
        latest.values().forEach(event -> bytes.appendBuffer(event.bytes()));
        return new Unread(bytes, lastId, ended);
    }

    @Override
    public void follow(Runnable wake) {
        synchronized (this) {
            reader = wake;
        }
        wake.run();
    }

    @Override
    public synchronized void leave(Runnable wake) {
        reader = () -> {};
    }
}
