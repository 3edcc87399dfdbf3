package dev.ibid.http;

import dev.ibid.failure.Failure;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A request's body, read in straight lines on a virtual thread. Nothing is read ahead but one
 * buffer: the socket is paused while the reader is busy, so memory does not depend on the size of
 * the body. A client that keeps the reader waiting for too long is refused; the time in which the
 * reader is busy does not count.
 */
public final class BodyStream extends InputStream {

    /** What the end of the body looks like in the queue. */
    private enum Mark {
        END
    }

    private final HttpServerRequest request;
    private final LinkedBlockingQueue<Object> arrived = new LinkedBlockingQueue<>();
    private final long longestPause;
    private long nanosLeft;
    private long nanosPerByte;
    private Buffer current = Buffer.buffer();
    private int position;
    private boolean ended;

    /**
     * To be called on the request's event loop, before any of the body was read; the request is
     * paused.
     */
    BodyStream(HttpServerRequest request, Patience patience) {
        this.request = request;
        this.longestPause = patience.pause().toNanos();
        this.nanosLeft = longestPause;
        this.nanosPerByte = TimeUnit.SECONDS.toNanos(1) / patience.bytesPerSecond();
        request.pause();
        request.handler(arrived::add);
        request.endHandler(end -> arrived.add(Mark.END));
        request.exceptionHandler(arrived::add);
    }

    /** For a short body: all of it must be here after {@code total}, however steadily it comes. */
    BodyStream within(Duration total) {
        nanosLeft = total.toNanos();
        nanosPerByte = 0;
        return this;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        while (position == current.length()) {
            if (ended || !advance()) {
                return -1;
            }
        }
        int count = Math.min(length, current.length() - position);
        current.getBytes(position, position + count, bytes, offset);
        position += count;
        return count;
    }

    private boolean advance() throws IOException {
        request.fetch(1);
        Object next = take();
        if (next instanceof Throwable lost) {
            throw incomplete().causedBy(lost);
        }
        position = 0;
        switch (next) {
            case Buffer bytes -> {
                current = bytes;
                nanosLeft += bytes.length() * nanosPerByte;
            }
            default -> ended = true;
        }
        return !ended;
    }

    /** The client's doing, and in most cases nobody is left to read of it. */
    static Failure incomplete() {
        return Failure.invalid("body", "The body of the request ended too early. Send it again.");
    }

    private Object take() throws IOException {
        long asked = System.nanoTime();
        Object next = poll(Math.min(longestPause, nanosLeft));
        nanosLeft -= System.nanoTime() - asked;
        if (next == null) {
            throw Failure.of(
                    Failure.Kind.TOO_SLOW,
                    "too_slow",
                    "The body of the request came too slowly, or stopped coming. Send it again over a better connection.");
        }
        return next;
    }

    private @Nullable Object poll(long nanos) throws IOException {
        try {
            return arrived.poll(nanos, TimeUnit.NANOSECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException("The server is stopping.", interrupted);
        }
    }
}
