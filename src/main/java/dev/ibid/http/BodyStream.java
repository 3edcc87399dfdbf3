package dev.ibid.http;

import dev.ibid.failure.Failure;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;

import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * A request's body, read in straight lines on a virtual thread. Nothing is read ahead but one
 * buffer: the socket is paused while the reader is busy, so memory does not depend on the size of
 * the body.
 */
public final class BodyStream extends InputStream {

    /** What the end of the body looks like in the queue. */
    private enum Mark {
        END
    }

    private final HttpServerRequest request;
    private final LinkedBlockingQueue<Object> arrived = new LinkedBlockingQueue<>();
    private Buffer current = Buffer.buffer();
    private int position;
    private boolean ended;

    /**
     * To be called on the request's event loop, before any of the body was read; the request is
     * paused.
     */
    BodyStream(HttpServerRequest request) {
        this.request = request;
        request.pause();
        request.handler(arrived::add);
        request.endHandler(end -> arrived.add(Mark.END));
        request.exceptionHandler(arrived::add);
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
            case Buffer bytes -> current = bytes;
            default -> ended = true;
        }
        return !ended;
    }

    /** The client's doing, and in most cases nobody is left to read of it. */
    static Failure incomplete() {
        return Failure.invalid("body", "The body of the request ended too early. Send it again.");
    }

    private Object take() throws IOException {
        try {
            return arrived.take();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException("The server is stopping.", interrupted);
        }
    }
}
