package dev.ibid.models;

import static org.awaitility.Awaitility.await;

import dev.ibid.failure.Failure;

import io.vertx.core.Context;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** Writes down what it hears. */
final class HeardAnswer implements TokenListener {

    private final List<String> tokens = new CopyOnWriteArrayList<>();
    private final CompletableFuture<Completion> completion = new CompletableFuture<>();
    private final CompletableFuture<Failure> failure = new CompletableFuture<>();
    private final AtomicInteger ends = new AtomicInteger();
    private final AtomicInteger strays = new AtomicInteger();

    @Override
    public void token(String delta) {
        note();
        tokens.add(delta);
    }

    @Override
    public void complete(Completion heard) {
        note();
        ends.incrementAndGet();
        completion.complete(heard);
    }

    @Override
    public void failed(Failure heard) {
        note();
        ends.incrementAndGet();
        failure.complete(heard);
    }

    List<String> tokens() {
        return List.copyOf(tokens);
    }

    String text() {
        return String.join("", tokens);
    }

    int ends() {
        return ends.get();
    }

    /** Callbacks that did not come on an event loop. */
    int strays() {
        return strays.get();
    }

    HeardAnswer awaitTokens(int count) {
        await().pollInterval(Duration.ofMillis(5)).until(() -> tokens.size() >= count);
        return this;
    }

    Completion awaitCompletion() {
        await().pollInterval(Duration.ofMillis(5))
                .atMost(Duration.ofSeconds(30))
                .until(() -> ends.get() > 0);
        if (failure.isDone()) {
            throw new AssertionError("failed instead", failure.join());
        }
        return completion.join();
    }

    Failure awaitFailure() {
        await().pollInterval(Duration.ofMillis(5))
                .atMost(Duration.ofSeconds(30))
                .until(() -> ends.get() > 0);
        return failure.getNow(
                Failure.of(Failure.Kind.CONFLICT, "completed", "completed: " + text()));
    }

    private void note() {
        if (!Context.isOnEventLoopThread()) {
            strays.incrementAndGet();
        }
    }
}
