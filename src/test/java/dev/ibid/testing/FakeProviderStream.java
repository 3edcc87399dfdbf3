package dev.ibid.testing;

import dev.ibid.testing.FakeProviderScript.Framing;

import io.netty.channel.ChannelOption;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.net.impl.ConnectionBase;

import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;

/** One streamed answer being played. */
final class FakeProviderStream {

    private static final String MEGABYTE = ",\"padding\":\"" + "x".repeat(1 << 20) + "\"";
    private static final Duration BREATH = Duration.ofMillis(2);

    private final FakeProviderRequest request;
    private final FakeProviderScript script;
    private final FakeProviderWire wire;
    private final FakeProviderTicker ticker;
    private final AtomicInteger open;
    private final HttpServerRequest socket;
    private final HttpServerResponse response;
    private String pending = "";
    private int packets;
    private int sent;
    private boolean over;

    FakeProviderStream(
            HttpServerRequest socket,
            FakeProviderRequest request,
            FakeProviderScript script,
            FakeProviderWire wire,
            FakeProviderTicker ticker,
            AtomicInteger open) {
        this.socket = socket;
        this.response = socket.response();
        this.request = request;
        this.script = script;
        this.wire = wire;
        this.ticker = ticker;
        this.open = open;
    }

    void play() {
        open.incrementAndGet();
        response.exceptionHandler(gone -> leave());
        response.closeHandler(gone -> leave());
        response.setChunked(true).putHeader("Content-Type", wire.contentType());
        ticker.after(script.firstDelay(), this::begin);
    }

    private void leave() {
        if (!over) {
            request.cancel();
            finish();
        }
    }

    private void finish() {
        over = true;
        open.decrementAndGet();
    }

    private void begin() {
        if (!over) {
            response.writeHead();
            wire.opening().forEach(this::write);
            step();
        }
    }

    private void step() {
        while (!over) {
            if (sent >= script.count() && !isEndless()) {
                conclude();
                return;
            }
            if (sent >= script.allowed().getAsInt()) {
                ticker.after(BREATH, this::step);
                return;
            }
            token();
            boolean breathe = response.writeQueueFull() || (isEndless() && sent % 100 == 0);
            if (!script.interval().isZero() || breathe) {
                ticker.after(script.interval().isZero() ? BREATH : script.interval(), this::step);
                return;
            }
        }
    }

    private boolean isEndless() {
        return script.ending() == FakeProviderScript.Ending.ENDLESS;
    }

    private void token() {
        if (script.framing() == Framing.NOISE) {
            write(wire.noise());
        }
        String padding = script.framing() == Framing.LONG_LINE ? MEGABYTE : "";
        write(wire.token(script.tokens().get(sent % script.tokens().size()), padding));
        sent++;
        request.sent();
    }

    private void conclude() {
        switch (script.ending()) {
            case STALLED -> flush();
            case LINGERING -> {
                wire.closing(script.ending(), sent).forEach(this::write);
                flush();
            }
            case TRUNCATED -> end();
            case DROPPED -> drop();
            case RESET -> {
                closeByReset();
                drop();
            }
            case GARBLED -> {
                write(wire.garbled());
                flush();
            }
            case ERROR -> {
                write(wire.error());
                end();
            }
            default -> {
                wire.closing(script.ending(), sent).forEach(this::write);
                end();
            }
        }
    }

    private void end() {
        flush();
        finish();
        response.end();
    }

    /** Waits until the tokens have left, so that the client sees them before the end. */
    private void drop() {
        finish();
        response.write(pending.isEmpty() ? "\n" : pending)
                .onComplete(written -> socket.connection().close());
    }

    private void closeByReset() {
        ((ConnectionBase) socket.connection())
                .channel()
                .config()
                .setOption(ChannelOption.SO_LINGER, 0);
    }

    private void write(String event) {
        switch (script.framing()) {
            case SPLIT -> split(event.getBytes(java.nio.charset.StandardCharsets.UTF_8));
            case CRLF -> response.write(event.replace("\n", "\r\n"));
            case PAIRED -> {
                pending += event;
                if (++packets % 2 == 0) {
                    flush();
                }
            }
            default -> response.write(event);
        }
    }

    private void split(byte[] event) {
        int size = 1;
        for (int from = 0; from < event.length; from += size) {
            size = 1 + ++packets % 3;
            response.write(
                    Buffer.buffer(
                            Arrays.copyOfRange(event, from, Math.min(event.length, from + size))));
        }
    }

    private void flush() {
        if (!pending.isEmpty()) {
            response.write(pending);
            pending = "";
        }
    }
}
