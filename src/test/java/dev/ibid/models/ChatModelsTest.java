package dev.ibid.models;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ibid.models.ModelConfig.Provider;

import io.vertx.core.http.HttpServer;

import org.junit.jupiter.api.Test;

import java.net.URI;
import java.time.Duration;

class ChatModelsTest extends ProviderTest {

    @Test
    void findsTheChatModelsOfAnOllama() {
        provider.requiresKey(null).offers("llama3.2:latest", "nomic-embed-text:latest", "qwen3:4b");

        assertThat(ChatModels.detect(vertx, provider.ollama()))
                .containsExactly("llama3.2:latest", "qwen3:4b");
    }

    @Test
    void findsNothingWhereNobodyListens() {
        assertThat(ChatModels.detect(vertx, URI.create("http://127.0.0.1:1"))).isEmpty();
    }

    @Test
    void doesNotWaitForAServerThatKeepsSilent() throws Exception {
        HttpServer silent = providers.createHttpServer().requestHandler(request -> {});
        silent.listen(0, "127.0.0.1").toCompletionStage().toCompletableFuture().get();
        ChatModels.detect(vertx, URI.create("http://127.0.0.1:1"));
        long asked = System.nanoTime();

        assertThat(ChatModels.detect(vertx, URI.create("http://127.0.0.1:" + silent.actualPort())))
                .isEmpty();

        assertThat(Duration.ofNanos(System.nanoTime() - asked)).isLessThan(Duration.ofMillis(500));
    }

    @Test
    void isNotFooledByAnotherServer() {
        provider.offers();

        assertThat(ChatModels.detect(vertx, URI.create(provider.openAi() + "/nowhere"))).isEmpty();
    }

    @Test
    void countsAsTheModelDoesWhereItsTokenizerIsKnown() {
        LanguageModel known =
                model(ModelConfig.of(Provider.OPENAI, provider.openAi(), null, "gpt-4o"));

        assertThat(known.countTokens("Hello, world!")).isEqualTo(4);
        assertThat(known.info())
                .isEqualTo(
                        new ModelInfo(
                                "The OpenAI-compatible model server", "gpt-4o", 128_000, 1024));
    }

    @Test
    void guessesAWindowForAModelThatIsNotKnown() {
        LanguageModel unknown = model(ollamaConfig());

        assertThat(unknown.info().contextTokens()).isEqualTo(8192);
        assertThat(unknown.info().promptTokens()).isEqualTo(8192 - 1024);
    }
}
