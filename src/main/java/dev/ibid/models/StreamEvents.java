package dev.ibid.models;

import org.jspecify.annotations.Nullable;

import java.net.ProtocolException;

/**
 * Puts server-sent events together from lines, as the HTML standard describes them, with two
 * liberties that providers need: the blank line after the last event may be missing, and the data
 * is stripped.
 */
final class StreamEvents {

    /** Receives one event: its type, if it has one, and its data. */
    interface Sink {
        void event(@Nullable String type, String data);
    }

    private final int limit;
    private final Sink sink;
    private final StringBuilder more = new StringBuilder();
    private @Nullable String type;
    private @Nullable String data;
    private boolean first = true;

    /**
     * @param limit the most characters of one event that comes in several lines
     */
    StreamEvents(int limit, Sink sink) {
        this.limit = limit;
        this.sink = sink;
    }

    void line(String line) throws ProtocolException {
        String read = first && line.startsWith("\uFEFF") ? line.substring(1) : line;
        first = false;
        if (read.isEmpty()) {
            dispatch();
        } else if (read.startsWith("data:")) {
            add(read.substring(5).strip());
        } else if (read.startsWith("event:")) {
            type = read.substring(6).strip();
        }
    }

    void dispatch() {
        String whole = data == null ? "" : more.isEmpty() ? data : more.toString();
        String kind = type;
        data = null;
        type = null;
        more.setLength(0);
        if (!whole.isEmpty()) {
            sink.event(kind, whole);
        }
    }

    /** Nearly every event has one line of data; only the rare other pays for a builder. */
    private void add(String part) throws ProtocolException {
        if (data == null) {
            data = part;
            return;
        }
        if (more.isEmpty()) {
            more.append(data);
        }
        more.append('\n').append(part);
        if (more.length() > limit) {
            throw new ProtocolException("an event of more than " + limit + " characters");
        }
    }
}
