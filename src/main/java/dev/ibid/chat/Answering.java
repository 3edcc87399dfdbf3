package dev.ibid.chat;

import dev.ibid.failure.Failure;
import dev.ibid.threads.Admission;
import dev.ibid.threads.RequestThreads;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * Takes questions in. Each answer has a virtual thread of its own, apart from the request that
 * asked for it; a few at a time are prepared, then all are written at once.
 */
final class Answering {

    private static final Logger log = LoggerFactory.getLogger(Answering.class);

    /** Better late than not at all: a reader sees that the answer has begun. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final int BEING_PREPARED_FOR_EACH_CORE = 4;

    private final Admission preparing =
            new Admission(
                    BEING_PREPARED_FOR_EACH_CORE * Runtime.getRuntime().availableProcessors(),
                    PATIENCE);

    private final RequestThreads writers;
    private final ConversationOpener opener;
    private final Generations generations;
    private final Workshop workshop;

    /** Makes the writing of one answer. */
    @FunctionalInterface
    interface Workshop {
        Writing writing(Asking asking, Messages.Turn turn);
    }

    Answering(
            RequestThreads writers,
            ConversationOpener opener,
            Generations generations,
            Workshop workshop) {
        this.writers = writers;
        this.opener = opener;
        this.generations = generations;
        this.workshop = workshop;
    }

    /**
     * Returns when the question is kept; the answer is then on its way.
     *
     * @throws Failure when it cannot be asked: INVALID, NOT_FOUND, CONFLICT, UNAVAILABLE or BUSY,
     *     and then nothing was kept
     */
    Generation ask(Asking asking) {
        CompletableFuture<Generation> begun = new CompletableFuture<>();
        writers.run(() -> {
            MDC.setContextMap(Map.of("requestId", asking.requestId()));
            answer(asking, begun);
        });
        return awaited(begun);
    }

    private void answer(Asking asking, CompletableFuture<Generation> begun) {
        try {
            preparing.admit(() -> prepared(asking, begun)).write();
        } catch (Throwable refused) {
            if (!begun.completeExceptionally(refused)) {
                log.error("An answer was left unfinished", refused);
            }
        }
    }

    private Writing prepared(Asking asking, CompletableFuture<Generation> begun) {
        Messages.Turn turn = opener.begin(asking.caller().userId(), asking.request());
        Writing writing = workshop.writing(asking, turn);
        generations.begun(writing.generation());
        begun.complete(writing.generation());
        writing.prepare();
        return writing;
    }

    private static Generation awaited(CompletableFuture<Generation> begun) {
        try {
            return begun.join();
        } catch (CompletionException refused) {
            throw refused.getCause() instanceof RuntimeException cause ? cause : refused;
        }
    }
}
