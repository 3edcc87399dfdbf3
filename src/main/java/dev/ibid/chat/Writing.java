package dev.ibid.chat;

import dev.ibid.chat.Preparation.Prepared;
import dev.ibid.failure.Failure;
import dev.ibid.knowledge.FoundPassage;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One answer from its question to its end, step by step on a thread of its own. Whatever befalls a
 * step, the answer ends: nobody waits for one that nobody writes.
 */
final class Writing {

    private static final Logger log = LoggerFactory.getLogger(Writing.class);

    private final Asking asking;
    private final Generation generation;
    private final Preparation preparation;
    private final Answerer answerer;
    private final Keeping keeping;
    private final StepTimings timings = new StepTimings();
    private Prepared prepared;

    Writing(
            Asking asking,
            Generation generation,
            Preparation preparation,
            Answerer answerer,
            Keeping keeping) {
        this.asking = asking;
        this.generation = generation;
        this.preparation = preparation;
        this.answerer = answerer;
        this.keeping = keeping;
        this.prepared = Prepared.bare(asking.request());
    }

    Generation generation() {
        return generation;
    }

    void prepare() {
        guarded(() -> {
            generation.begin(answerer.name());
            prepared = preparation.prepare(asking, generation.turn(), timings);
            generation.append(
                    "passages",
                    prepared.found().passages().stream().map(FoundPassage::of).toList());
        });
    }

    void write() {
        if (!generation.isEnded()) {
            guarded(this::answer);
        }
    }

    private void answer() {
        Answerer.End end =
                timings.timed(
                        "answer", () -> answerer.answer(prepared.question(), generation.draft()));
        boolean whole = end.whole() && !generation.draft().isStopped();
        Message.Status status = whole ? Message.Status.COMPLETE : Message.Status.INTERRUPTED;
        keeping.keep(generation, ended(status, end.usage()), trace());
    }

    private void guarded(Runnable step) {
        try {
            step.run();
        } catch (Failure failure) {
            fail(failure);
        } catch (Throwable defect) {
            fail(new IllegalStateException("An answer failed", defect));
        }
    }

    private void fail(RuntimeException cause) {
        if (asking.streamed()) {
            told(cause);
        }
        keeping.keepFailed(generation, ended(Message.Status.FAILED, null), trace(), cause);
    }

    /** Who waits for JSON gets the failure itself, and the door then logs it. */
    private void told(RuntimeException cause) {
        if (!(cause instanceof Failure failure)) {
            log.error("The answer {} failed", generation.id(), cause);
            return;
        }
        switch (failure.kind().blame()) {
            case CALLER -> log.debug("The answer {}: {}", generation.id(), failure.code());
            case EXHAUSTED -> log.warn("The answer {}: {}", generation.id(), failure.detail());
            case OURS ->
                    log.warn(
                            "The answer {}: {}",
                            generation.id(),
                            failure.detail(),
                            failure.getCause());
        }
    }

    private Message ended(Message.Status status, Message.@Nullable Usage usage) {
        Draft draft = generation.draft();
        draft.end();
        return generation
                .turn()
                .answer()
                .ended(status, draft.text(), draft.citations(), answerer.name(), usage);
    }

    private Trace trace() {
        return preparation.trace(prepared, timings);
    }
}
