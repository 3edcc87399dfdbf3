package dev.ibid.models;

import dev.ibid.config.Secret;
import dev.ibid.models.ModelConfig.Provider;
import dev.ibid.models.Prompt.Turn;
import dev.ibid.testing.FakeProvider;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A fake provider on a free port, and models that talk to it. */
abstract class ProviderTest {

    static final String KEY = "sk-a-key-nobody-may-see";

    final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(2));
    final Vertx providers = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(2));
    final FakeProvider provider = new FakeProvider().requiresKey(KEY);
    private final List<AutoCloseable> opened = new ArrayList<>();

    @BeforeEach
    void startProvider() throws Exception {
        providers.deployVerticle(provider).toCompletionStage().toCompletableFuture().get();
    }

    @AfterEach
    void stopAll() throws Exception {
        for (AutoCloseable open : opened) {
            open.close();
        }
        vertx.close().toCompletionStage().toCompletableFuture().get();
        providers.close().toCompletionStage().toCompletableFuture().get();
    }

    ModelConfig openAiConfig() {
        return ModelConfig.of(Provider.OPENAI, provider.openAi(), new Secret(KEY), "fake-model");
    }

    ModelConfig ollamaConfig() {
        return ModelConfig.of(Provider.OLLAMA, provider.ollama(), new Secret(KEY), "fake-model");
    }

    static ModelConfig impatient(ModelConfig config) {
        return config.withTimeouts(Duration.ofMillis(400), Duration.ofMillis(400));
    }

    LanguageModel model(ModelConfig config) {
        return model(config, VertxHttpOptions.defaults());
    }

    LanguageModel model(ModelConfig config, VertxHttpOptions options) {
        return keep(ChatModels.from(config, vertx, options).orElseThrow());
    }

    <T extends AutoCloseable> T keep(T open) {
        opened.add(open);
        return open;
    }

    static HeardAnswer ask(LanguageModel model) {
        HeardAnswer heard = new HeardAnswer();
        model.stream(question(), heard);
        return heard;
    }

    static Prompt question() {
        return Prompt.of(Turn.system("Answer briefly."), Turn.user("What does the fox do?"));
    }
}
