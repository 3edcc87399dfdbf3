package dev.ibid.models;

import dev.ibid.config.Secret;

import org.jspecify.annotations.Nullable;

import java.net.URI;
import java.time.Duration;

/**
 * Which chat model answers, and within which limits.
 *
 * @param baseUrl up to the version, such as {@code https://api.openai.com/v1}; for Ollama without a
 *     path
 * @param maxTokens of one answer
 * @param temperature sent only if it is set: some models refuse any
 * @param contextTokens the model's window, where we do not know it better; Ollama is told to
 *     provide it
 * @param firstTokenTimeout from the question to the first token, a retry included
 * @param idleTimeout between two tokens
 * @param maxAnswerChars where an answer that does not end is cut
 */
public record ModelConfig(
        Provider provider,
        URI baseUrl,
        @Nullable Secret apiKey,
        String model,
        int maxTokens,
        @Nullable Double temperature,
        @Nullable Integer contextTokens,
        Duration firstTokenTimeout,
        Duration idleTimeout,
        int maxAnswerChars) {

    /**
     * Who runs the model. All but Ollama speak OpenAI's protocol; the default addresses are the
     * ones their documentation gives for it.
     */
    public enum Provider {
        NONE("no model", "", "", "", "http://localhost"),
        OPENAI(
                "OpenAI",
                "OPENAI_API_KEY",
                "OPENAI_MODEL",
                "OPENAI_BASE_URL",
                "https://api.openai.com/v1"),
        GEMINI(
                "Gemini",
                "GEMINI_API_KEY",
                "GEMINI_MODEL",
                "AI_PROVIDER",
                "https://generativelanguage.googleapis.com/v1beta/openai"),
        COHERE(
                "Cohere",
                "COHERE_API_KEY",
                "COHERE_MODEL",
                "AI_PROVIDER",
                "https://api.cohere.ai/compatibility/v1"),
        HUGGING_FACE(
                "Hugging Face",
                "HF_API_KEY",
                "HF_MODEL_NAME",
                "AI_PROVIDER",
                "https://router.huggingface.co/v1"),
        OLLAMA(
                "Ollama",
                "OLLAMA_BASE_URL",
                "OLLAMA_MODEL",
                "OLLAMA_BASE_URL",
                "http://localhost:11434");

        private final String title;
        private final String keySetting;
        private final String modelSetting;
        private final String addressSetting;
        private final URI defaultUrl;

        Provider(
                String title,
                String keySetting,
                String modelSetting,
                String addressSetting,
                String defaultUrl) {
            this.title = title;
            this.keySetting = keySetting;
            this.modelSetting = modelSetting;
            this.addressSetting = addressSetting;
            this.defaultUrl = URI.create(defaultUrl);
        }

        public String title() {
            return title;
        }

        public String keySetting() {
            return keySetting;
        }

        public String modelSetting() {
            return modelSetting;
        }

        public String addressSetting() {
            return addressSetting;
        }

        public URI defaultUrl() {
            return defaultUrl;
        }
    }

    public ModelConfig {
        require(
                provider == Provider.NONE || !model.isBlank(),
                provider.modelSetting() + ": name a model");
        String scheme = String.valueOf(baseUrl.getScheme());
        require(
                (scheme.equals("http") || scheme.equals("https")) && baseUrl.getHost() != null,
                provider.addressSetting() + ": must be an http or https address");
        require(
                baseUrl.getUserInfo() == null,
                provider.addressSetting() + ": must not hold a name or a key");
        require(
                maxTokens > 0 && maxAnswerChars > 0,
                "the longest answer must have a length above zero");
        require(
                temperature == null || (temperature >= 0 && temperature <= 2),
                "the temperature is between 0 and 2");
        int window = contextTokens == null ? ContextWindows.of(model) : contextTokens;
        require(
                window > maxTokens,
                "the longest answer must be shorter than the model's window of "
                        + window
                        + " tokens");
        require(
                firstTokenTimeout.isPositive() && idleTimeout.isPositive(),
                "CHAT_TIMEOUT: must be above zero");
    }

    /** The provider's model with the defaults for everything else. */
    public static ModelConfig of(
            Provider provider, URI baseUrl, @Nullable Secret apiKey, String model) {
        Duration patience = Duration.ofSeconds(30);
        return new ModelConfig(
                provider, baseUrl, apiKey, model, 1024, null, null, patience, patience, 200_000);
    }

    public static ModelConfig none() {
        return of(Provider.NONE, Provider.NONE.defaultUrl(), null, "");
    }

    public ModelConfig withTimeouts(Duration firstToken, Duration idle) {
        return new ModelConfig(
                provider,
                baseUrl,
                apiKey,
                model,
                maxTokens,
                temperature,
                contextTokens,
                firstToken,
                idle,
                maxAnswerChars);
    }

    public ModelConfig withMaxAnswerChars(int most) {
        return new ModelConfig(
                provider,
                baseUrl,
                apiKey,
                model,
                maxTokens,
                temperature,
                contextTokens,
                firstTokenTimeout,
                idleTimeout,
                most);
    }

    /** How many tokens prompt and answer may have together. */
    public int window() {
        return contextTokens == null ? ContextWindows.of(model) : contextTokens;
    }

    /** How the provider is named to people. */
    public String title() {
        boolean elsewhere = provider == Provider.OPENAI && !isDefaultHost();
        return elsewhere ? "The OpenAI-compatible model server" : provider.title();
    }

    /** Whether the provider itself is asked rather than a server that speaks its protocol. */
    boolean isDefaultHost() {
        return provider.defaultUrl().getHost().equalsIgnoreCase(baseUrl.getHost());
    }

    private static void require(boolean fulfilled, String sentence) {
        if (!fulfilled) {
            throw new IllegalArgumentException(sentence);
        }
    }
}
