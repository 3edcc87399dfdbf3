package dev.ibid.http;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * One reader of an {@link EventFeed}: server-sent events over a response. The first event of a
 * quiet stream is written at once; events that follow within {@value #GAP_MILLIS} ms share a write,
 * since under load the system calls cost more than the tokens. A reader that does not keep up holds
 * its place in the feed and nothing else.
 */
final class EventStream {

    static final String MEDIA_TYPE = "text/event-stream; charset=utf-8";
    private static final long GAP_MILLIS = 25;
    private static final long HEARTBEAT_MILLIS = 15_000;

    private final Vertx vertx;
    private final Context eventLoop;
    private final HttpServerResponse response;
    private final Reply.Events events;
    private final Runnable wake = this::wake;
    private final AtomicBoolean scheduled = new AtomicBoolean();
    private final AtomicBoolean left = new AtomicBoolean();
    private long seen;
    private long writtenAt;
    private long heartbeat;

    EventStream(Vertx vertx, Context eventLoop, HttpServerResponse response, Reply.Events events) {
        this.vertx = vertx;
        this.eventLoop = eventLoop;
        this.response = response;
        this.events = events;
        this.seen = events.afterId();
    }

    /** On the event loop. */
    void start() {
        response.setChunked(true)
                .putHeader(HttpHeaders.CONTENT_TYPE, MEDIA_TYPE)
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store, no-transform")
                .putHeader("X-Accel-Buffering", "no");
        response.exceptionHandler(gone -> leave());
        response.closeHandler(gone -> leave());
        response.endHandler(done -> leave());
        response.drainHandler(drained -> wake());
        heartbeat = vertx.setPeriodic(HEARTBEAT_MILLIS, beat -> response.write(": \n\n"));
        response.writeHead();
        events.feed().follow(wake);
    }

    /** On any thread. */
    private void wake() {
        if (scheduled.compareAndSet(false, true)) {
            eventLoop.runOnContext(onLoop -> writeSoon());
        }
    }

    private void writeSoon() {
        long sinceLast = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - writtenAt);
        if (writtenAt == 0 || sinceLast >= GAP_MILLIS) {
            write();
        } else {
            vertx.setTimer(GAP_MILLIS - sinceLast, due -> write());
        }
    }

    private void write() {
        scheduled.set(false);
        if (left.get() || response.writeQueueFull()) {
            return;
        }
        EventFeed.Unread unread = events.feed().unread(seen);
        seen = unread.lastId();
        writtenAt = System.nanoTime();
        if (unread.ended()) {
            response.end(unread.bytes());
        } else if (unread.bytes().length() > 0) {
            response.write(unread.bytes());
        }
    }

    private void leave() {
        if (left.compareAndSet(false, true)) {
            vertx.cancelTimer(heartbeat);
            events.feed().leave(wake);
            Runnable onLeave = events.onLeave();
            if (onLeave != null) {
                onLeave.run();
            }
        }
    }
}
