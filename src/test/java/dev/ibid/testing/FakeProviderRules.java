package dev.ibid.testing;

import com.fasterxml.jackson.databind.JsonNode;

import org.jspecify.annotations.Nullable;

import java.util.Iterator;
import java.util.Set;

/** What OpenAI and Ollama refuse with 400, as far as their references say. */
final class FakeProviderRules {

    private static final Set<String> OPENAI_CHAT =
            Set.of(
                    "model",
                    "messages",
                    "stream",
                    "stream_options",
                    "temperature",
                    "top_p",
                    "max_tokens",
                    "max_completion_tokens",
                    "stop",
                    "seed",
                    "user",
                    "n",
                    "presence_penalty",
                    "frequency_penalty",
                    "logit_bias",
                    "logprobs",
                    "top_logprobs",
                    "tools",
                    "tool_choice",
                    "parallel_tool_calls",
                    "response_format",
                    "store",
                    "metadata",
                    "service_tier",
                    "reasoning_effort");
    private static final Set<String> OPENAI_ROLES =
            Set.of("developer", "system", "user", "assistant", "tool");
    private static final Set<String> OLLAMA_ROLES = Set.of("system", "user", "assistant", "tool");
    private static final Set<String> OLLAMA_CHAT =
            Set.of(
                    "model",
                    "messages",
                    "stream",
                    "options",
                    "format",
                    "tools",
                    "keep_alive",
                    "think");

    private static final Set<String> OPENAI_EMBEDDING =
            Set.of("model", "input", "encoding_format", "dimensions", "user");
    private static final Set<String> OLLAMA_EMBEDDING =
            Set.of("model", "input", "truncate", "options", "keep_alive", "dimensions");

    private FakeProviderRules() {}

    static @Nullable String openAiChat(JsonNode body) {
        String unknown = unknownField(body, OPENAI_CHAT);
        if (unknown != null) {
            return "Unrecognized request argument supplied: " + unknown;
        }
        if (body.has("stream_options") && !body.path("stream").asBoolean()) {
            return "The 'stream_options' parameter is only allowed when 'stream' is enabled.";
        }
        if (body.has("max_tokens") && body.has("max_completion_tokens")) {
            return "Setting 'max_tokens' and 'max_completion_tokens' at the same time is not"
                    + " supported.";
        }
        if (isOutside(body.path("temperature"), 0, 2)) {
            return "'temperature' must be between 0 and 2";
        }
        boolean noRoom =
                isOutside(body.path("max_tokens"), 1, 1e9)
                        || isOutside(body.path("max_completion_tokens"), 1, 1e9);
        return noRoom ? "the number of tokens must be positive" : conversation(body, OPENAI_ROLES);
    }

    static @Nullable String ollamaChat(JsonNode body) {
        String unknown = unknownField(body, OLLAMA_CHAT);
        if (unknown != null) {
            return "unknown field " + unknown;
        }
        if (body.has("options") && !body.path("options").isObject()) {
            return "invalid options";
        }
        return conversation(body, OLLAMA_ROLES);
    }

    static @Nullable String openAiEmbedding(JsonNode body) {
        String unknown = unknownField(body, OPENAI_EMBEDDING);
        if (unknown != null) {
            return "Unrecognized request argument supplied: " + unknown;
        }
        int inputs = body.path("input").size();
        return inputs > 2048 ? "'input' has more than 2048 texts" : embedding(body);
    }

    static @Nullable String ollamaEmbedding(JsonNode body) {
        String unknown = unknownField(body, OLLAMA_EMBEDDING);
        return unknown == null ? embedding(body) : "unknown field " + unknown;
    }

    private static @Nullable String embedding(JsonNode body) {
        JsonNode input = body.path("input");
        boolean texts = input.isTextual() && !input.asText().isEmpty();
        if (input.isArray() && !input.isEmpty()) {
            texts = true;
            for (JsonNode text : input) {
                texts &= text.isTextual() && !text.asText().isEmpty();
            }
        }
        return texts
                ? model(body)
                : "'input' must be a text or a list of texts, none of them empty";
    }

    private static @Nullable String conversation(JsonNode body, Set<String> roles) {
        JsonNode messages = body.path("messages");
        if (!messages.isArray() || messages.isEmpty()) {
            return "'messages' must be a list with at least one message";
        }
        for (JsonNode message : messages) {
            if (!roles.contains(message.path("role").asText())
                    || !message.path("content").isTextual()) {
                return "each message needs a known role and a content";
            }
        }
        return model(body);
    }

    private static @Nullable String model(JsonNode body) {
        return body.path("model").asText().isBlank() ? "you must provide a model parameter" : null;
    }

    private static boolean isOutside(JsonNode number, double least, double most) {
        return !number.isMissingNode()
                && (!number.isNumber() || number.asDouble() < least || number.asDouble() > most);
    }

    private static @Nullable String unknownField(JsonNode body, Set<String> known) {
        for (Iterator<String> names = body.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            if (!known.contains(name)) {
                return name;
            }
        }
        return null;
    }
}
