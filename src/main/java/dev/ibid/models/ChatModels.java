package dev.ibid.models;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.ibid.config.Secret;
import dev.ibid.json.Json;
import dev.ibid.models.ModelConfig.Provider;
import dev.langchain4j.http.client.HttpMethod;
import dev.langchain4j.http.client.HttpRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.ollama.OllamaStreamingChatModel;
import dev.langchain4j.model.openai.OpenAiChatRequestParameters;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import dev.langchain4j.model.openai.OpenAiTokenCountEstimator;

import io.vertx.core.Vertx;

import org.jspecify.annotations.Nullable;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Language models by configuration. */
public final class ChatModels {

    /** For connecting and for answering, each: a look-up that delays every start must be short. */
    private static final Duration PROBE = Duration.ofMillis(150);

    private ChatModels() {}

    /** The configured model; empty if there is none, and answers are extractive. */
    public static Optional<LanguageModel> from(ModelConfig config, Vertx vertx) {
        return from(config, vertx, VertxHttpOptions.defaults());
    }

    /**
     * The configured model over a wire of one's own making.
     *
     * @param options proxy, trust and bounds; the read timeout follows from the configuration
     */
    public static Optional<LanguageModel> from(
            ModelConfig config, Vertx vertx, VertxHttpOptions options) {
        VertxHttpOptions timed = options.withTimeouts(options.connectTimeout(), patience(config));
        return switch (config.provider()) {
            case NONE -> Optional.empty();
            case OLLAMA -> Optional.of(ollama(config, new VertxHttpTransport(vertx, timed)));
            case OPENAI, GEMINI, HUGGING_FACE ->
                    Optional.of(openAi(config, new VertxHttpTransport(vertx, timed)));
            case COHERE ->
                    Optional.of(
                            openAi(
                                    config,
                                    new VertxHttpTransport(
                                            vertx, timed, ChatModels::withoutStreamOptions)));
        };
    }

    /**
     * The chat models of an Ollama on this machine, empty if there is none. Blocks for 300 ms at
     * most.
     */
    public static List<String> detect(Vertx vertx) {
        return detect(vertx, Provider.OLLAMA.defaultUrl());
    }

    /** The chat models of the Ollama at an address, in its order, which is the newest first. */
    public static List<String> detect(Vertx vertx, URI ollama) {
        VertxHttpOptions options = VertxHttpOptions.defaults().withTimeouts(PROBE, PROBE);
        try (VertxHttpTransport transport = new VertxHttpTransport(vertx, options)) {
            HttpRequest ask =
                    HttpRequest.builder()
                            .method(HttpMethod.GET)
                            .url(ollama.toString(), "api/tags")
                            .build();
            return names(transport.clients().build().execute(ask).body());
        } catch (IllegalStateException misuse) {
            throw misuse;
        } catch (RuntimeException nobody) {
            return List.of();
        }
    }

    private static List<String> names(String tags) {
        try {
            JsonNode models = Json.MAPPER.readTree(tags).path("models");
            return StreamSupport.stream(models.spliterator(), false)
                    .map(model -> model.path("name").asText())
                    .filter(name -> !name.isBlank() && !isForEmbedding(name))
                    .toList();
        } catch (JsonProcessingException somebodyElse) {
            return List.of();
        }
    }

    /**
     * Ollama lists both kinds together; the ones for embedding say so in their names, or belong to
     * two known families.
     */
    private static boolean isForEmbedding(String name) {
        return Stream.of("embed", "minilm", "bge-").anyMatch(name::contains);
    }

    private static LanguageModel openAi(ModelConfig config, VertxHttpTransport transport) {
        OpenAiStreamingChatModel model =
                OpenAiStreamingChatModel.builder()
                        .httpClientBuilder(transport.clients())
                        .timeout(patience(config))
                        .baseUrl(config.baseUrl().toString())
                        .apiKey(config.apiKey() == null ? null : config.apiKey().value())
                        .modelName(config.model())
                        .temperature(config.temperature())
                        .returnThinking(true)
                        .build();
        return new LangchainModel(
                config, transport, model, prompt -> openAi(config, prompt), counter(config));
    }

    /** Cohere refuses the field, which langchain4j always sends. */
    private static String withoutStreamOptions(String body) {
        ObjectNode request = Json.read(body, ObjectNode.class);
        request.remove("stream_options");
        return Json.text(request);
    }

    /**
     * OpenAI's newer models refuse {@code max_tokens}; the servers that speak its protocol often
     * know nothing else.
     */
    private static ChatRequestParameters openAi(ModelConfig config, Prompt prompt) {
        boolean genuine = config.provider() == Provider.OPENAI && config.isDefaultHost();
        int most = most(config, prompt);
        OpenAiChatRequestParameters.Builder parameters = OpenAiChatRequestParameters.builder();
        if (prompt.temperature() != null) {
            parameters.temperature(prompt.temperature());
        }
        return genuine
                ? parameters.maxCompletionTokens(most).build()
                : parameters.maxOutputTokens(most).build();
    }

    /**
     * Without {@code num_ctx} Ollama silently drops the beginning of a prompt that is longer than
     * its default.
     */
    private static LanguageModel ollama(ModelConfig config, VertxHttpTransport transport) {
        OllamaStreamingChatModel model =
                OllamaStreamingChatModel.builder()
                        .httpClientBuilder(transport.clients())
                        .timeout(patience(config))
                        .baseUrl(config.baseUrl().toString())
                        .modelName(config.model())
                        .temperature(config.temperature())
                        .numCtx(config.window())
                        .customHeaders(authorization(config.apiKey()))
                        .returnThinking(true)
                        .build();
        return new LangchainModel(
                config, transport, model, prompt -> plain(config, prompt), TokenEstimate::of);
    }

    /** Ollama itself knows no keys; a proxy in front of it may. */
    static Map<String, String> authorization(@Nullable Secret key) {
        return key == null ? Map.of() : Map.of("Authorization", "Bearer " + key.value());
    }

    private static ChatRequestParameters plain(ModelConfig config, Prompt prompt) {
        return ChatRequestParameters.builder()
                .maxOutputTokens(most(config, prompt))
                .temperature(prompt.temperature())
                .build();
    }

    private static int most(ModelConfig config, Prompt prompt) {
        return prompt.maxOutputTokens() == null ? config.maxTokens() : prompt.maxOutputTokens();
    }

    private static ToIntFunction<String> counter(ModelConfig config) {
        if (config.provider() != Provider.OPENAI) {
            return TokenEstimate::of;
        }
        try {
            return new OpenAiTokenCountEstimator(config.model())::estimateTokenCountInText;
        } catch (IllegalArgumentException unknown) {
            return TokenEstimate::of;
        }
    }

    /** Longer than the deadlines that {@link LiveAnswer} keeps, so that those speak first. */
    private static Duration patience(ModelConfig config) {
        Duration first = config.firstTokenTimeout();
        Duration idle = config.idleTimeout();
        return (first.compareTo(idle) > 0 ? first : idle).plusSeconds(5);
    }
}
