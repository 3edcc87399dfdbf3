package dev.ibid;

import io.vertx.core.Deployable;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * What was opened, in order; closing goes backwards, does not stop at a failure, and happens once.
 */
final class Opened implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Opened.class);
    private static final long PATIENCE_SECONDS = 60;

    private record Part(String name, AutoCloseable resource) {}

    private final Deque<Part> parts = new ArrayDeque<>();

    synchronized <T extends AutoCloseable> T add(String name, T resource) {
        parts.push(new Part(name, resource));
        return resource;
    }

    Vertx add(String name, Vertx vertx) {
        add(name, (AutoCloseable) () -> await(vertx.close()));
        return vertx;
    }

    void deploy(
            Vertx vertx,
            String name,
            Supplier<? extends Deployable> room,
            DeploymentOptions options) {
        String deployment = await(vertx.deployVerticle(room, options));
        add(name, (AutoCloseable) () -> await(vertx.undeploy(deployment)));
    }

    <T extends Deployable> T deploy(Vertx vertx, String name, T room) {
        String deployment = await(vertx.deployVerticle(room, new DeploymentOptions()));
        add(name, (AutoCloseable) () -> await(vertx.undeploy(deployment)));
        return room;
    }

    @Override
    public synchronized void close() {
        while (!parts.isEmpty()) {
            Part part = parts.pop();
            try {
                part.resource().close();
            } catch (Exception failure) {
                log.warn("{} did not close cleanly", part.name(), failure);
            }
        }
    }

    synchronized void closeAfter(Throwable failure) {
        while (!parts.isEmpty()) {
            try {
                parts.pop().resource().close();
            } catch (Exception later) {
                failure.addSuppressed(later);
            }
        }
    }

    private static <T> T await(Future<T> future) {
        try {
            return future.toCompletionStage()
                    .toCompletableFuture()
                    .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof RuntimeException cause
                    ? cause
                    : new IllegalStateException(failed.getCause());
        } catch (TimeoutException slow) {
            throw new IllegalStateException("not done within " + PATIENCE_SECONDS + " s", slow);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }
}
