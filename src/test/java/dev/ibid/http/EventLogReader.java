package dev.ibid.http;

import java.nio.charset.StandardCharsets;

/** Reads an event log as a client would see it on the wire. */
public final class EventLogReader {

    private EventLogReader() {}

    public static String after(EventFeed log, long lastId) {
        return log.unread(lastId).bytes().toString(StandardCharsets.UTF_8);
    }

    /** How many bytes the first {@code count} events take. */
    public static int lengthOfFirst(EventFeed log, int count) {
        return log.unread(0).bytes().length() - log.unread(count).bytes().length();
    }

    public static long count(EventFeed log) {
        return log.unread(0).lastId();
    }

    public static boolean ended(EventFeed log) {
        return log.unread(0).ended();
    }
}
