package dev.ibid;

import dev.ibid.chat.Answerer;
import dev.ibid.chat.ExtractiveAnswers;
import dev.ibid.chat.ModelAnswers;
import dev.ibid.knowledge.LexicalIndex;
import dev.ibid.models.ChatModels;
import dev.ibid.models.LanguageModel;
import dev.ibid.models.ModelConfig;
import dev.ibid.models.ModelConfig.Provider;

import io.vertx.core.Vertx;

import java.util.List;
import java.util.Optional;

/**
 * What answers questions: the configured model; or one that an Ollama on this machine offers; or,
 * never pretending to be a model, quotes.
 *
 * @param described in words, for whoever starts the server
 */
record Answers(Answerer answerer, String described) {

    static Answers of(Configuration configuration, Vertx vertx, LexicalIndex words, Opened opened) {
        ModelConfig config = configuration.model();
        if (config.provider() != Provider.NONE) {
            return by(config, vertx, opened, "").orElseThrow();
        }
        List<String> offered =
                configuration.mode() == Configuration.Mode.LOCAL
                        ? ChatModels.detect(vertx)
                        : List.of();
        if (!offered.isEmpty()) {
            ModelConfig found =
                    ModelConfig.of(
                            Provider.OLLAMA,
                            Provider.OLLAMA.defaultUrl(),
                            null,
                            offered.getFirst());
            return by(found, vertx, opened, ", found on this machine").orElseThrow();
        }
        return new Answers(
                new ExtractiveAnswers(words),
                "quotes from your documents (no chat model is configured)");
    }

    private static Optional<Answers> by(
            ModelConfig config, Vertx vertx, Opened opened, String how) {
        Optional<LanguageModel> model = ChatModels.from(config, vertx);
        return model.map(found ->
                new Answers(
                        new ModelAnswers(opened.add("chat model", found)),
                        config.model() + " by " + config.title() + how));
    }
}
