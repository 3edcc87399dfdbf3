package dev.ibid.chat;

import dev.ibid.auth.Caller;
import dev.ibid.failure.Failure;
import dev.ibid.http.Problem;
import dev.ibid.http.Problems;
import dev.ibid.threads.Admission;
import dev.ibid.threads.RequestThreads;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * From a question to a kept, cited answer, one named step after the other: open the conversation,
 * begin the turn, make the question stand alone, find passages, answer, keep. Each answer has a
 * virtual thread of its own, apart from the request that asked for it.
 */
final class Answering {

    private static final Logger log = LoggerFactory.getLogger(Answering.class);
    private static final int TRIES_TO_KEEP = 5;
    private static final Duration BETWEEN_TRIES = Duration.ofSeconds(1);

    /** Better late than not at all: a reader sees that the answer has begun. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final int BEING_PREPARED_FOR_EACH_CORE = 4;

    private final Admission preparing =
            new Admission(
                    BEING_PREPARED_FOR_EACH_CORE * Runtime.getRuntime().availableProcessors(),
                    PATIENCE);

    private final ChatConfig config;
    private final RequestThreads writers;
    private final Opening opening;
    private final Messages messages;
    private final Finding finding;
    private final Answerer answerer;
    private final Generations generations;
    private final ChatMeters meters;

    Answering(
            ChatConfig config,
            RequestThreads writers,
            Opening opening,
            Messages messages,
            Finding finding,
            Answerer answerer,
            Generations generations,
            ChatMeters meters) {
        this.config = config;
        this.writers = writers;
        this.opening = opening;
        this.messages = messages;
        this.finding = finding;
        this.answerer = answerer;
        this.generations = generations;
        this.meters = meters;
    }

    /**
     * Returns when the question is kept; the answer is then on its way.
     *
     * @throws Failure when it cannot be asked: INVALID, NOT_FOUND, CONFLICT, or BUSY, and then
     *     nothing was kept
     */
    Generation ask(Caller caller, ChatRequest request, boolean streamed) {
        CompletableFuture<Generation> begun = new CompletableFuture<>();
        writers.run(() -> {
            Generation generation;
            try {
                generation = preparing.admit(() -> begin(caller, request, streamed));
            } catch (RuntimeException refused) {
                begun.completeExceptionally(refused);
                return;
            }
            begun.complete(generation);
            write(caller, request, generation);
        });
        return awaited(begun);
    }

    private Generation begin(Caller caller, ChatRequest request, boolean streamed) {
        Conversation conversation = opening.open(caller.userId(), request);
        Messages.Turn turn = messages.begin(caller.userId(), conversation.id(), request.message());
        Generation generation =
                new Generation(caller.userId(), turn, streamed, config.streamGrace(), meters);
        generation.append("start", start(turn));
        generations.begun(generation);
        meters.turnBegun();
        return generation;
    }

    private void write(Caller caller, ChatRequest request, Generation generation) {
        generation.stopAfter(Messages.LONGEST_ANSWER);
        Writing writing = new Writing(caller, request, generation);
        try {
            writing.run();
        } catch (Failure failure) {
            writing.fail(Problems.of(failure), failure);
        } catch (RuntimeException defect) {
            log.error("The answer {} failed", generation.id(), defect);
            writing.fail(internal(), defect);
        } finally {
            generations.ended(generation);
        }
    }

    /** The steps of one answer. */
    private final class Writing {

        private final Caller caller;
        private final ChatRequest request;
        private final Generation generation;
        private final Steps steps = new Steps();
        private String standalone;
        private Finding.Found found = Finding.Found.NOTHING;

        Writing(Caller caller, ChatRequest request, Generation generation) {
            this.caller = caller;
            this.request = request;
            this.generation = generation;
            this.standalone = request.message();
        }

        void run() {
            Question question = preparing.admit(this::prepare);
            Answerer.End end =
                    steps.timed("answer", () -> answerer.answer(question, generation.draft()));
            boolean whole = end.whole() && !generation.draft().isStopped();
            Message message =
                    ended(
                            whole ? Message.Status.COMPLETE : Message.Status.INTERRUPTED,
                            end.usage());
            keep(message);
            generation.done(message);
        }

        private Question prepare() {
            List<Message> history = steps.timed("history", this::history);
            standalone = FollowUps.standalone(request.message(), history);
            found = steps.timed("find", () -> finding.find(caller, request, standalone));
            generation.append("passages", found.passages().stream().map(PassageView::of).toList());
            return new Question(request.message(), standalone, history, found.passages());
        }

        void fail(Problem problem, RuntimeException cause) {
            try {
                keep(ended(Message.Status.FAILED, null));
            } catch (RuntimeException lost) {
                log.warn("The failed answer {} could not be kept", generation.id(), lost);
            }
            generation.failed(problem, cause);
        }

        /** What stood before this turn. */
        private List<Message> history() {
            Messages.Turn turn = generation.turn();
            List<Message> branch =
                    messages.activeBranch(
                            caller.userId(), turn.conversationId(), config.historyMessages() + 2);
            return branch.stream()
                    .filter(message ->
                            !message.id().equals(turn.question().id())
                                    && !message.id().equals(generation.id()))
                    .toList();
        }

        private Message ended(Message.Status status, Message.@Nullable Usage usage) {
            Draft draft = generation.draft();
            draft.end();
            return generation
                    .turn()
                    .answer()
                    .ended(status, draft.text(), draft.citations(), answerer.name(), usage);
        }

        private void keep(Message message) {
            Trace trace =
                    new Trace(
                            request.message(),
                            standalone,
                            finding.similarityThreshold(),
                            finding.limit(),
                            found.candidates(),
                            found.degraded(),
                            steps.millis());
            persistently(() -> messages.finish(message, trace));
        }
    }

    /** A database that is away for a moment must not cost an answer that is already written. */
    private static void persistently(Runnable work) {
        for (int attempt = 1; ; attempt++) {
            try {
                work.run();
                return;
            } catch (Failure failure) {
                if (attempt == TRIES_TO_KEEP || !failure.kind().retriable()) {
                    throw failure;
                }
                pause();
            }
        }
    }

    private static void pause() {
        try {
            Thread.sleep(BETWEEN_TRIES);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private Map<String, Object> start(Messages.Turn turn) {
        return Map.of(
                "messageId", turn.answer().id(),
                "conversationId", turn.conversationId(),
                "model", answerer.name());
    }

    private static Problem internal() {
        return new Problem(
                "urn:ibid:problem:internal",
                "Internal error",
                500,
                "Something went wrong on the server while this was answered. Ask again; if it stays, tell whoever runs it.",
                null,
                null,
                null);
    }

    private static Generation awaited(CompletableFuture<Generation> begun) {
        try {
            return begun.join();
        } catch (CompletionException refused) {
            throw refused.getCause() instanceof RuntimeException cause ? cause : refused;
        }
    }
}
