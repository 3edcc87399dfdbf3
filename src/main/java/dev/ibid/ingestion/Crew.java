package dev.ibid.ingestion;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The threads of the workers. They are the operating system's, because splitting and writing large
 * texts computes for seconds: on virtual threads it would keep chat, search and heartbeats waiting
 * for a carrier.
 */
final class Crew {

    private static final Duration LAST_WORDS = Duration.ofSeconds(2);

    private final List<Thread> threads;

    Crew(Runnable worker, int size) {
        this.threads =
                IntStream.range(0, size)
                        .mapToObj(n ->
                                Thread.ofPlatform()
                                        .daemon()
                                        .name("ingestion-" + n)
                                        .unstarted(worker))
                        .toList();
    }

    void start() {
        threads.forEach(Thread::start);
    }

    int size() {
        return threads.size();
    }

    long alive() {
        return threads.stream().filter(Thread::isAlive).count();
    }

    void interrupt() {
        threads.forEach(Thread::interrupt);
    }

    /** Waits for those who were told to stop, and interrupts who has not after {@code patience}. */
    void close(Duration patience) throws InterruptedException {
        joinWithin(patience);
        interrupt();
        joinWithin(LAST_WORDS);
    }

    private void joinWithin(Duration patience) throws InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        for (Thread thread : threads) {
            boolean ignored = thread.join(Duration.ofNanos(Math.max(1, end - System.nanoTime())));
        }
    }
}
