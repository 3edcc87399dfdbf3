package dev.ibid.models;

import org.jspecify.annotations.Nullable;

import java.net.ProtocolException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Cuts a stream of packets into lines that end with LF, CRLF or CR. A line is decoded as UTF-8 only
 * when it is whole, so neither a character nor a line end that is split between packets does harm.
 */
final class StreamLines {

    /** Receives one line, without its end. */
    interface Sink {
        void line(String line) throws ProtocolException;
    }

    private final int limit;
    private final Sink lines;
    private byte[] kept = new byte[0];
    private int length;
    private boolean afterReturn;

    /**
     * @param limit the most bytes of one line
     */
    StreamLines(int limit, Sink lines) {
        this.limit = limit;
        this.lines = lines;
    }

    void read(byte[] packet) throws ProtocolException {
        int from = 0;
        for (int at = 0; at < packet.length; at++) {
            byte unit = packet[at];
            if (unit != '\n' && unit != '\r') {
                afterReturn = false;
                continue;
            }
            boolean secondHalf = unit == '\n' && afterReturn;
            if (!secondHalf) {
                emit(packet, from, at);
            }
            afterReturn = unit == '\r';
            from = at + 1;
        }
        keep(packet, from, packet.length);
    }

    /** The last line of a stream that does not close it, or null. */
    @Nullable String rest() {
        if (length == 0) {
            return null;
        }
        String line = new String(kept, 0, length, StandardCharsets.UTF_8);
        length = 0;
        return line;
    }

    private void emit(byte[] packet, int from, int to) throws ProtocolException {
        if (length == 0) {
            refuseTooLong(to - from);
            lines.line(new String(packet, from, to - from, StandardCharsets.UTF_8));
            return;
        }
        keep(packet, from, to);
        String line = new String(kept, 0, length, StandardCharsets.UTF_8);
        length = 0;
        lines.line(line);
    }

    private void keep(byte[] packet, int from, int to) throws ProtocolException {
        int more = to - from;
        refuseTooLong(length + more);
        if (length + more > kept.length) {
            kept = Arrays.copyOf(kept, Math.max(length + more, kept.length * 2));
        }
        System.arraycopy(packet, from, kept, length, more);
        length += more;
    }

    private void refuseTooLong(int bytes) throws ProtocolException {
        if (bytes > limit) {
            throw new ProtocolException("a line of more than " + limit + " bytes");
        }
    }
}
