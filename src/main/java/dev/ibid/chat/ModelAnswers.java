package dev.ibid.chat;

import dev.ibid.failure.Failure;
import dev.ibid.models.Completion;
import dev.ibid.models.LanguageModel;
import dev.ibid.models.ModelCall;
import dev.ibid.models.TokenListener;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * Answers with a language model. Its tokens go from its event loop through the check of citations
 * into the event log without changing threads.
 */
public final class ModelAnswers implements Answerer {

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
    public Optional<Message.Usage> answer(Question question, Draft draft) {
        Prompting.Written written = prompting.write(question);
        draft.citing(new NumberedPassages(written.passages()));
        if (draft.isStopped()) {
            return Optional.empty();
        }
        Listening listening = new Listening(draft);
        ModelCall call = model.stream(written.prompt(), listening);
        draft.whenStopped(() -> {
            call.cancel();
            listening.end.complete(Optional.empty());
        });
        return listening.awaited();
    }

    private static final class Listening implements TokenListener {

        private final Draft draft;
        private final CompletableFuture<Optional<Message.Usage>> end = new CompletableFuture<>();

        Listening(Draft draft) {
            this.draft = draft;
        }

        @Override
        public void token(String delta) {
            draft.write(delta);
        }

        @Override
        public void complete(Completion completion) {
            end.complete(
                    Optional.ofNullable(completion.usage())
                            .map(usage ->
                                    new Message.Usage(usage.inputTokens(), usage.outputTokens())));
        }

        @Override
        public void failed(Failure failure) {
            end.completeExceptionally(failure);
        }

        Optional<Message.Usage> awaited() {
            try {
                return end.join();
            } catch (CompletionException failed) {
                throw failed.getCause() instanceof Failure failure ? failure : failed;
            }
        }
    }
}
