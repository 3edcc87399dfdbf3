package dev.ibid.chat;

import dev.ibid.citations.NumberedPassages;
import dev.ibid.failure.Failure;
import dev.ibid.models.Completion;
import dev.ibid.models.LanguageModel;
import dev.ibid.models.ModelCall;
import dev.ibid.models.TokenListener;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * Answers with a language model. Its tokens go from its event loop through the check of citations
 * into the event log without changing threads.
 */
public final class ModelAnswers implements Answerer {

    private static final End STOPPED = new End(false, null);

    private final LanguageModel model;
    private final Prompting prompting;

    public ModelAnswers(LanguageModel model) {
        this.model = model;
        this.prompting = new Prompting(model);
    }

    @Override
    public String name() {
        return model.info().model();
    }

    @Override
    public End answer(Question question, Draft draft) {
        Prompting.Written written = prompting.write(question);
        draft.citing(new NumberedPassages(written.passages(), question.standalone()));
        if (draft.isStopped()) {
            return STOPPED;
        }
        Listening listening = new Listening(draft);
        ModelCall call = model.stream(written.prompt(), listening);
        draft.whenStopped(() -> {
            call.cancel();
            listening.end.complete(STOPPED);
        });
        return listening.awaited();
    }

    private static boolean isWhole(Completion.Finish finish) {
        return switch (finish) {
            case STOP, OTHER -> true;
            case LENGTH, FILTERED, CUT -> false;
        };
    }

    private static final class Listening implements TokenListener {

        private final Draft draft;
        private final CompletableFuture<End> end = new CompletableFuture<>();

        Listening(Draft draft) {
            this.draft = draft;
        }

        @Override
        public void token(String delta) {
            draft.write(delta);
        }

        @Override
        public void complete(Completion completion) {
            end.complete(new End(isWhole(completion.finish()), completion.usage()));
        }

        @Override
        public void failed(Failure failure) {
            end.completeExceptionally(failure);
        }

        End awaited() {
            try {
                return end.join();
            } catch (CompletionException failed) {
                throw failed.getCause() instanceof Failure failure ? failure : failed;
            }
        }
    }
}
