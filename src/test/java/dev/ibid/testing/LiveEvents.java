package dev.ibid.testing;

import com.fasterxml.jackson.databind.JsonNode;

import dev.ibid.json.Json;

import org.jspecify.annotations.Nullable;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Server-sent events as they arrive. To close it is to leave: the connection is closed. */
public final class LiveEvents implements AutoCloseable {

    private final BufferedReader lines;
    private String id = "";
    private String name = "";

    LiveEvents(InputStream body) {
        this.lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8));
    }

    /** Waits for the next event, heartbeats left out; null at the end of the stream. */
    public Person.@Nullable Event next() {
        for (String line = line(); line != null; line = line()) {
            if (line.startsWith("id: ")) {
                id = line.substring(4);
            } else if (line.startsWith("event: ")) {
                name = line.substring(7);
            } else if (line.startsWith("data: ")) {
                return new Person.Event(id, name, Json.read(line.substring(6), JsonNode.class));
            }
        }
        return null;
    }

    /** The events up to and with the next one of this name. */
    public List<Person.Event> upTo(String wanted) {
        List<Person.Event> events = new ArrayList<>();
        for (Person.Event event = next(); event != null; event = next()) {
            events.add(event);
            if (event.name().equals(wanted)) {
                return events;
            }
        }
        throw new AssertionError("the stream ended without " + wanted + ": " + events);
    }

    /** All events to the end of the stream. */
    public List<Person.Event> rest() {
        List<Person.Event> events = new ArrayList<>();
        for (Person.Event event = next(); event != null; event = next()) {
            events.add(event);
        }
        return events;
    }

    private @Nullable String line() {
        try {
            return lines.readLine();
        } catch (IOException lost) {
            throw new UncheckedIOException(lost);
        }
    }

    @Override
    public void close() {
        try {
            lines.close();
        } catch (IOException lost) {
            throw new UncheckedIOException(lost);
        }
    }
}
