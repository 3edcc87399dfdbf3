package dev.ibid.chat;

import dev.ibid.failure.Failure;
import dev.ibid.http.EventLog;
import dev.ibid.http.Problem;
import dev.ibid.http.Problems;
import dev.ibid.http.Reply;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/**
 * One answer under way, apart from any socket: readers come, go and come back, and the events are
 * kept for them. An answer that was asked for as a stream stops by itself when nobody has read it
 * for a while.
 */
final class Generation {

    /** How an answer ended: with a message, which may be cut short, or with a problem. */
    sealed interface End {

        record Done(Message message) implements End {}

        record Failed(RuntimeException cause) implements End {}
    }

    private final Asking asking;
    private final Messages.Turn turn;
    private final Duration grace;
    private final ChatMeters meters;
    private final EventLog log = new EventLog();
    private final Draft draft;
    private final CompletableFuture<End> end = new CompletableFuture<>();
    private final long begunAt = System.nanoTime();
    private int reading;
    private volatile boolean forgotten;
    private long visits;

    /**
     * @param grace how long it goes on for nobody
     */
    Generation(Asking asking, Messages.Turn turn, Duration grace, ChatMeters meters) {
        this.asking = asking;
        this.turn = turn;
        this.grace = grace;
        this.meters = meters;
        this.draft = new Draft(log, meters);
        this.reading = asking.streamed() ? 0 : 1;
    }

    UUID id() {
        return turn.answer().id();
    }

    boolean isFor(UUID reader) {
        return asking.caller().userId().equals(reader);
    }

    Messages.Turn turn() {
        return turn;
    }

    Draft draft() {
        return draft;
    }

    /**
     * @param author what will write it
     */
    void begin(String author) {
        append(
                "start",
                Map.of(
                        "messageId", id(),
                        "conversationId", turn.conversationId(),
                        "model", author));
    }

    void append(String event, Object data) {
        log.append(event, data);
    }

    void done(Message message) {
        log.end("done", Map.of("message", message));
        ended(message.status(), new End.Done(message));
    }

    void failed(RuntimeException cause) {
        log.end("error", Map.of("problem", problem(cause)));
        ended(Message.Status.FAILED, new End.Failed(cause));
    }

    private Problem problem(RuntimeException cause) {
        return cause instanceof Failure failure
                ? Problems.of(failure, asking.requestId())
                : Problems.internal(asking.requestId());
    }

    private void ended(Message.Status status, End how) {
        draft.forgetSources();
        meters.ended(status, System.nanoTime() - begunAt);
        end.complete(how);
    }

    /** Its conversation is no more: it is stopped, and nobody finds it again. */
    void forget() {
        forgotten = true;
        draft.stop();
    }

    boolean isForgotten() {
        return forgotten;
    }

    /** About how much memory its events take. */
    long bytes() {
        return log.bytes();
    }

    boolean isEnded() {
        return end.isDone();
    }

    /** Stops it if it has not ended by then. What waits for that is let go with the end. */
    void stopAfter(Duration longest) {
        end.copy()
                .orTimeout(longest.toMillis(), TimeUnit.MILLISECONDS)
                .exceptionally(tooLong -> {
                    draft.stop();
                    return null;
                });
    }

    /** Waits for the end. */
    End await() {
        return end.join();
    }

    /** Waits for the end, but not longer than this; null if it did not come. */
    @Nullable End await(Duration patience) {
        return end.copy()
                .completeOnTimeout(null, patience.toMillis(), TimeUnit.MILLISECONDS)
                .join();
    }

    /** The events after {@code afterId}, those to come included. */
    synchronized Reply.Events read(long afterId) {
        reading++;
        visits++;
        meters.streamOpened();
        return new Reply.Events(log, afterId, this::left);
    }

    /**
     * Who waits for the whole answer, as JSON, counts as a reader until their connection is gone.
     */
    void askerLeft() {
        leave();
    }

    private void left() {
        meters.streamLeft();
        leave();
    }

    private synchronized void leave() {
        reading--;
        if (reading == 0 && !isEnded()) {
            long visit = visits;
            afterGrace().execute(() -> stopUnlessReadAgain(visit));
        }
    }

    private Executor afterGrace() {
        return grace.isZero()
                ? Runnable::run
                : CompletableFuture.delayedExecutor(
                        grace.toMillis(), TimeUnit.MILLISECONDS, Runnable::run);
    }

    private void stopUnlessReadAgain(long visit) {
        boolean forNobody;
        synchronized (this) {
            forNobody = reading == 0 && visits == visit;
        }
        if (forNobody) {
            draft.stop();
        }
    }
}
