package dev.ibid.models;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Objects;
import java.util.function.BiConsumer;

/**
 * An answer as an {@link InputStream} for parsers that want one. Whoever falls behind by {@link
 * #MUCH} bytes stops the provider until they are read. The thread that reads should be virtual.
 */
final class VertxBodyStream extends InputStream implements VertxExchange.Reader {

    private static final int MUCH = 256 << 10;

    private final BiConsumer<@Nullable HttpClientResponse, @Nullable Throwable> started;
    private final ArrayDeque<byte[]> packets = new ArrayDeque<>();
    private @Nullable VertxExchange exchange;
    private @Nullable HttpClientResponse response;
    private @Nullable IOException failure;
    private int waiting;
    private int taken;
    private boolean ended;
    private boolean closed;
    private boolean paused;

    /**
     * @param started called once on the event loop: with the head of the answer, or with why there
     *     is none
     */
    VertxBodyStream(BiConsumer<@Nullable HttpClientResponse, @Nullable Throwable> started) {
        this.started = started;
    }

    void reads(VertxExchange exchange) {
        this.exchange = exchange;
    }

    @Override
    public void opened(HttpClientResponse answer) {
        synchronized (this) {
            response = answer;
        }
        started.accept(answer, null);
    }

    @Override
    public synchronized void read(Buffer packet) {
        if (packet.length() == 0) {
            return;
        }
        packets.add(packet.getBytes());
        waiting += packet.length();
        if (waiting > MUCH && !paused) {
            paused = true;
            Objects.requireNonNull(exchange).pause(Objects.requireNonNull(response));
        }
        notifyAll();
    }

    @Override
    public synchronized void ended() {
        ended = true;
        notifyAll();
    }

    @Override
    public void failed(Throwable cause) {
        boolean early;
        synchronized (this) {
            early = response == null;
            failure = cause instanceof IOException known ? known : new IOException(cause);
            notifyAll();
        }
        if (early) {
            started.accept(null, cause);
        }
    }

    @Override
    public synchronized void cancelled() {
        closed = true;
        notifyAll();
    }

    /** Why the stream broke, or null. */
    synchronized @Nullable IOException failure() {
        return failure;
    }

    synchronized boolean isCancelled() {
        return closed && !ended && failure == null;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public synchronized int read(byte[] into, int offset, int wanted) throws IOException {
        Objects.checkFromIndexSize(offset, wanted, into.length);
        if (wanted == 0) {
            return 0;
        }
        byte[] packet = next();
        if (packet == null) {
            return -1;
        }
        int count = Math.min(wanted, packet.length - taken);
        System.arraycopy(packet, taken, into, offset, count);
        took(packet, count);
        return count;
    }

    /** Cancels the call unless it is over. */
    @Override
    public void close() {
        VertxExchange running;
        synchronized (this) {
            running = ended || failure != null ? null : exchange;
            closed = true;
            notifyAll();
        }
        if (running != null) {
            running.cancel();
        }
    }

    private synchronized byte @Nullable [] next() throws IOException {
        try {
            while (packets.isEmpty() && !ended && !closed && failure == null) {
                wait();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while reading a provider's answer", interrupted);
        }
        if (closed) {
            return null;
        }
        if (packets.isEmpty() && failure != null) {
            throw failure;
        }
        return packets.peek();
    }

    private void took(byte[] packet, int count) {
        taken += count;
        waiting -= count;
        if (taken == packet.length) {
            packets.remove();
            taken = 0;
        }
        if (paused && waiting < MUCH / 2) {
            paused = false;
            Objects.requireNonNull(exchange).resume(Objects.requireNonNull(response));
        }
    }
}
