package dev.ibid.models;

import dev.ibid.config.Secret;
import dev.ibid.models.EmbeddingConfig.Source;
import dev.ibid.models.LangchainEmbedder.Models;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.ollama.OllamaEmbeddingModel;
import dev.langchain4j.model.openai.OpenAiEmbeddingModel;

import io.vertx.core.Vertx;

import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.time.Duration;

/** Embedding models by configuration. */
public final class EmbeddingModels {

    /** One request's passages take a small machine's Ollama several seconds. */
    private static final Duration PASSAGES = Duration.ofSeconds(60);

    /** Somebody is waiting, and the words alone answer too. */
    private static final Duration QUERY = Duration.ofSeconds(8);

    private static final Duration CONNECT = Duration.ofSeconds(4);
    private static final int CONNECTIONS = 32;
    private static final int WAITING = 256;

    private final Vertx vertx;
    private final Path cacheDir;
    private final int splitter;

    /**
     * @param cacheDir a folder that this process may write, for native libraries
     * @param splitter the version of the splitter whose pieces are embedded
     */
    public EmbeddingModels(Vertx vertx, Path cacheDir, int splitter) {
        this.vertx = vertx;
        this.cacheDir = cacheDir;
        this.splitter = splitter;
    }

    /** Whether vectors of this fingerprint are what the model would make now. */
    public boolean makes(EmbeddingConfig config, EmbeddingFingerprint fingerprint) {
        return config.makes(fingerprint) && fingerprint.splitter() == splitter;
    }

    /** Opens a model, which need not be there yet; its dimension is asked for when needed. */
    public Embedder open(EmbeddingConfig config) {
        return open(config, 0, splitter, wire());
    }

    /** Opens a model whose vectors are known. */
    public Embedder open(EmbeddingConfig config, EmbeddingFingerprint known) {
        return open(config, known.dimension(), known.splitter(), wire());
    }

    private static VertxHttpOptions wire() {
        return VertxHttpOptions.defaults().withTimeouts(CONNECT, PASSAGES);
    }

    /**
     * @param dimension of its vectors as it is known from earlier, or 0
     */
    Embedder open(EmbeddingConfig config, int dimension, int splitter, VertxHttpOptions options) {
        if (config.source() == Source.LOCAL) {
            return new MiniLmEmbedder(
                    cacheDir, Runtime.getRuntime().availableProcessors(), splitter);
        }
        VertxHttpTransport transport =
                new VertxHttpTransport(vertx, options.withConnections(CONNECTIONS, WAITING));
        Models models =
                new Models(model(config, transport, PASSAGES), model(config, transport, QUERY));
        return new LangchainEmbedder(config, splitter, dimension, transport, models);
    }

    private static EmbeddingModel model(
            EmbeddingConfig config, VertxHttpTransport transport, Duration patience) {
        ModelConfig account = config.account();
        return config.source() == Source.OLLAMA
                ? OllamaEmbeddingModel.builder()
                        .httpClientBuilder(transport.clients())
                        .timeout(patience)
                        .maxRetries(0)
                        .baseUrl(account.baseUrl().toString())
                        .modelName(config.model())
                        .customHeaders(ChatModels.authorization(account.apiKey()))
                        .build()
                : OpenAiEmbeddingModel.builder()
                        .httpClientBuilder(transport.clients())
                        .timeout(patience)
                        .maxRetries(0)
                        .baseUrl(account.baseUrl().toString())
                        .apiKey(value(account.apiKey()))
                        .modelName(config.model())
                        .build();
    }

    private static @Nullable String value(@Nullable Secret key) {
        return key == null ? null : key.value();
    }
}
