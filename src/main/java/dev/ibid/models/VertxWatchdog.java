package dev.ibid.models;

import io.vertx.core.Vertx;

import java.time.Duration;

/**
 * Barks once when it was not fed for a while. Feeding is as cheap as reading the clock: the timer
 * is set anew only when it fires. Lives on one event loop.
 */
final class VertxWatchdog {

    private final Vertx vertx;
    private final long limit;
    private final Runnable bark;
    private long fed = System.nanoTime();
    private long timer;
    private boolean stopped;

    VertxWatchdog(Vertx vertx, Duration limit, Runnable bark) {
        this.vertx = vertx;
        this.limit = limit.toNanos();
        this.bark = bark;
        arm(this.limit);
    }

    void feed() {
        fed = System.nanoTime();
    }

    void stop() {
        stopped = true;
        vertx.cancelTimer(timer);
    }

    private void arm(long nanos) {
        timer = vertx.setTimer(Math.max(1, Math.ceilDiv(nanos, 1_000_000L)), fired -> look());
    }

    private void look() {
        long left = limit - (System.nanoTime() - fed);
        if (stopped) {
            return;
        }
        if (left > 0) {
            arm(left);
        } else {
            stopped = true;
            bark.run();
        }
    }
}
