package dev.ibid.journeys;

import dev.ibid.testing.Answer;
import dev.ibid.testing.Person;

import java.io.UncheckedIOException;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** Somebody who asks for something again and again, and notes each time that this was refused. */
final class SteadyReader implements AutoCloseable {

    private final Queue<String> refusals = new ConcurrentLinkedQueue<>();
    private final AtomicInteger answers = new AtomicInteger();
    private final Thread reading;
    private volatile boolean enough;

    private SteadyReader(Supplier<Answer> request) {
        this.reading = Thread.ofVirtual().start(() -> read(request));
    }

    /** Asks for the files. */
    static SteadyReader of(Person person) {
        return asking(() -> person.get("/api/files"));
    }

    static SteadyReader asking(Supplier<Answer> request) {
        return new SteadyReader(request);
    }

    private void read(Supplier<Answer> request) {
        while (!enough) {
            try {
                Answer answer = request.get();
                answers.incrementAndGet();
                if (answer.status() != 200) {
                    refusals.add(answer.status() + " " + answer.text());
                }
            } catch (UncheckedIOException lost) {
                refusals.add(lost.toString());
            }
        }
    }

    List<String> refusals() {
        return List.copyOf(refusals);
    }

    int answers() {
        return answers.get();
    }

    @Override
    public void close() {
        enough = true;
        try {
            reading.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
