package dev.ibid.chat;

import dev.ibid.failure.Failure;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;

/**
 * Keeps answers as they ended. A database that is away must not cost an answer that is already
 * written: its reader waits a little and is then told, and the answer is kept when the database is
 * back.
 */
final class Keeping {

    private static final Logger log = LoggerFactory.getLogger(Keeping.class);
    private static final Duration BETWEEN_TRIES = Duration.ofSeconds(1);
    private static final Duration READER_WAITS = Duration.ofSeconds(5);

    private final Messages messages;
    private final Generations generations;
    private final Duration readerWaits;

    Keeping(Messages messages, Generations generations) {
        this(messages, generations, READER_WAITS);
    }

    Keeping(Messages messages, Generations generations, Duration readerWaits) {
        this.messages = messages;
        this.generations = generations;
        this.readerWaits = readerWaits;
    }

    /** Keeps an answer and tells its readers that it is done, or that it is not kept yet. */
    void keep(Generation generation, Message message, Trace trace) {
        if (isKept(message, trace, readerWaits)) {
            generation.done(message);
            generations.ended(generation);
            return;
        }
        generation.failed(notKeptYet());
        generations.ended(generation);
        keepLater(message, trace);
    }

    /** Keeps what there is of an answer that failed, and tells its readers. */
    void keepFailed(Generation generation, Message message, Trace trace, RuntimeException cause) {
        boolean kept = true;
        try {
            kept = isKept(message, trace, readerWaits);
        } catch (Throwable lost) {
            log.warn("The failed answer {} could not be kept", message.id(), lost);
        } finally {
            generation.failed(cause);
            generations.ended(generation);
        }
        if (!kept) {
            keepLater(message, trace);
        }
    }

    private void keepLater(Message message, Trace trace) {
        log.warn("The answer {} waits for the database to be kept", message.id());
        if (isKept(message, trace, Messages.LONGEST_ANSWER)) {
            log.info("The answer {} is kept now", message.id());
        } else {
            log.error("The answer {} could not be kept", message.id());
        }
    }

    /** False when the database was away for all of {@code patience}, or the server stops. */
    private boolean isKept(Message message, Trace trace, Duration patience) {
        long until = System.nanoTime() + patience.toNanos();
        while (true) {
            try {
                messages.finish(message, trace);
                return true;
            } catch (Failure failure) {
                if (!failure.kind().retriable()) {
                    throw failure;
                }
                if (System.nanoTime() >= until || !pause()) {
                    return false;
                }
            }
        }
    }

    private static boolean pause() {
        try {
            Thread.sleep(BETWEEN_TRIES);
            return true;
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static Failure notKeptYet() {
        return Failure.of(
                Failure.Kind.UNAVAILABLE,
                "not_kept_yet",
                "The answer is written, but the database cannot be reached to keep it. Read the conversation again in a minute.");
    }
}
