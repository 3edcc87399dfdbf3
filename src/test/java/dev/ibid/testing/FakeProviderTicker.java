package dev.ibid.testing;

import io.vertx.core.Vertx;

import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;

/** One timer for all streams of an event loop: a timer each would cost more than the tokens. */
final class FakeProviderTicker {

    private static final long PERIOD_MILLIS = 2;

    private record Due(long at, Runnable work) {}

    private final Vertx vertx;
    private final PriorityQueue<Due> queue = new PriorityQueue<>(Comparator.comparingLong(Due::at));
    private boolean running;

    FakeProviderTicker(Vertx vertx) {
        this.vertx = vertx;
    }

    /** Runs at once if there is nothing to wait for. */
    void after(Duration delay, Runnable work) {
        if (delay.isZero()) {
            work.run();
            return;
        }
        queue.add(new Due(System.nanoTime() + delay.toNanos(), work));
        if (!running) {
            running = true;
            vertx.setTimer(PERIOD_MILLIS, fired -> tick());
        }
    }

    private void tick() {
        long now = System.nanoTime();
        while (!queue.isEmpty() && queue.peek().at() <= now) {
            queue.remove().work().run();
        }
        running = !queue.isEmpty();
        if (running) {
            vertx.setTimer(PERIOD_MILLIS, fired -> tick());
        }
    }
}
