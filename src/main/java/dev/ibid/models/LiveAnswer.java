package dev.ibid.models;

import dev.ibid.models.Completion.Finish;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;

import io.vertx.core.Context;
import io.vertx.core.Vertx;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * One answer under way: its deadlines, its one retry, its cut, its end. Everything but {@code
 * begin} and {@code cancel} happens on one event loop, so nothing here is locked.
 */
final class LiveAnswer implements ModelCall, ModelAttempt.Outcome {

    private static final Logger log = LoggerFactory.getLogger(LiveAnswer.class);
    private static final Duration BACKOFF = Duration.ofMillis(250);

    private final StreamingChatModel model;
    private final ChatRequest request;
    private final TokenListener listener;
    private final ModelConfig config;
    private final Vertx vertx;
    private final Context context;
    private final long deadline;
    private volatile ModelAttempt attempt;
    private volatile boolean over;
    private @Nullable VertxWatchdog watchdog;
    private boolean retried;
    private boolean begun;
    private long chars;
    private String held = "";

    LiveAnswer(
            StreamingChatModel model,
            ChatRequest request,
            TokenListener listener,
            ModelConfig config,
            VertxHttpTransport transport) {
        this.model = model;
        this.request = request;
        this.listener = listener;
        this.config = config;
        this.vertx = transport.vertx();
        this.context = transport.eventLoop();
        this.deadline = System.nanoTime() + config.firstTokenTimeout().toNanos();
        this.attempt = new ModelAttempt(context, this);
    }

    /** The first request is put together on the caller's thread. */
    LiveAnswer begin() {
        context.runOnContext(now -> watch(config.firstTokenTimeout()));
        attempt.begin(model, request);
        return this;
    }

    @Override
    public void cancel() {
        over = true;
        attempt.cancel();
        context.runOnContext(now -> stopWatching());
    }

    @Override
    public void text(String delta) {
        alive(delta.length());
        String text = held + delta;
        int whole =
                text.length() - (Character.isHighSurrogate(text.charAt(text.length() - 1)) ? 1 : 0);
        held = text.substring(whole);
        if (whole > 0 && !over) {
            listener.token(text.substring(0, whole));
        }
        cutIfEndless();
    }

    @Override
    public void thought(String delta) {
        alive(delta.length());
        cutIfEndless();
    }

    @Override
    public void completed(Completion completion) {
        if (over) {
            return;
        }
        if (!held.isEmpty()) {
            listener.token(held);
        }
        end(() -> listener.complete(completion));
    }

    @Override
    public void failed(Throwable cause) {
        if (over) {
            return;
        }
        attempt.cancel();
        ModelTrouble trouble = new ModelFailures(config).of(cause, begun);
        if (!retry(trouble)) {
            log.warn("{} failed: {}", config.title(), trouble.failure().code(), cause);
            end(() -> listener.failed(trouble.failure()));
        }
    }

    private boolean retry(ModelTrouble trouble) {
        Duration wait =
                (trouble.pause() == null ? BACKOFF : trouble.pause())
                        .plusMillis(ThreadLocalRandom.current().nextLong(BACKOFF.toMillis()));
        boolean late = System.nanoTime() + wait.toNanos() > deadline;
        if (begun || retried || late || !trouble.passing()) {
            return false;
        }
        retried = true;
        vertx.setTimer(wait.toMillis(), now -> again());
        return true;
    }

    private void again() {
        ModelAttempt second = new ModelAttempt(context, this);
        attempt = second;
        if (over) {
            return;
        }
        second.begin(model, request);
    }

    private void cutIfEndless() {
        if (chars > config.maxAnswerChars() && !over) {
            attempt.cancel();
            end(() -> listener.complete(new Completion(Finish.CUT, config.model(), null)));
        }
    }

    /** Thinking is life, and counts toward the cut, but is not part of the answer. */
    private void alive(int more) {
        chars += more;
        if (!begun) {
            begun = true;
            stopWatching();
            watch(config.idleTimeout());
        } else if (watchdog != null) {
            watchdog.feed();
        }
    }

    private void end(Runnable last) {
        over = true;
        stopWatching();
        try {
            last.run();
        } catch (RuntimeException defect) {
            log.error("The listener of an answer failed at its end", defect);
        }
    }

    private void watch(Duration limit) {
        if (!over) {
            watchdog = new VertxWatchdog(vertx, limit, () -> failed(new ModelTrouble.Silent()));
        }
    }

    private void stopWatching() {
        if (watchdog != null) {
            watchdog.stop();
        }
    }
}
