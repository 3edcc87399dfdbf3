package dev.ibid.models;

import dev.ibid.config.Secret;
import dev.ibid.models.ModelConfig.Provider;

import org.jspecify.annotations.Nullable;

import java.net.URI;
import java.util.Locale;
import java.util.Map;

/**
 * Which model embeds.
 *
 * @param accounts where each provider is reached, and with which key; another model of the same
 *     provider may be needed while its vectors still answer
 */
public record EmbeddingConfig(
        Source source, String model, EmbeddingHabits habits, Map<Source, Account> accounts) {

    /** Who runs an embedding model. All but the local one and Ollama speak OpenAI's protocol. */
    public enum Source {
        LOCAL(Provider.NONE, MiniLmEmbedder.MODEL_NAME),
        OPENAI(Provider.OPENAI, "text-embedding-3-small"),
        OLLAMA(Provider.OLLAMA, "nomic-embed-text"),
        COHERE(Provider.COHERE, "embed-v4.0"),
        GEMINI(Provider.GEMINI, "gemini-embedding-001");

        private final Provider provider;
        private final String usualModel;

        Source(Provider provider, String usualModel) {
            this.provider = provider;
            this.usualModel = usualModel;
        }

        Provider provider() {
            return provider;
        }

        String usualModel() {
            return usualModel;
        }

        /** How a fingerprint names it. */
        public String id() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** A provider as it was set up. */
    public record Account(URI baseUrl, @Nullable Secret key) {}

    public EmbeddingConfig {
        accounts = Map.copyOf(accounts);
        if (model.isBlank()) {
            throw new IllegalArgumentException("EMBEDDING_MODEL: name a model");
        }
        if (source == Source.LOCAL && !model.equals(MiniLmEmbedder.MODEL_NAME)) {
            throw new IllegalArgumentException(
                    "EMBEDDING_MODEL: the local provider has one model only, "
                            + MiniLmEmbedder.MODEL_NAME
                            + ". For another one set EMBEDDING_PROVIDER too.");
        }
        if (source == Source.LOCAL && !habits.equals(EmbeddingHabits.of(model))) {
            throw new IllegalArgumentException(
                    "EMBEDDING_QUERY_PREFIX, EMBEDDING_PASSAGE_PREFIX: the local model takes none");
        }
    }

    public static EmbeddingConfig local() {
        return new EmbeddingConfig(
                Source.LOCAL,
                MiniLmEmbedder.MODEL_NAME,
                EmbeddingHabits.of(MiniLmEmbedder.MODEL_NAME),
                Map.of());
    }

    /** Whether vectors of this fingerprint are this model's, whatever its dimension is. */
    public boolean makes(EmbeddingFingerprint fingerprint) {
        return fingerprint.provider().equals(source.id())
                && fingerprint.model().equals(model)
                && fingerprint.prefix().equals(habits.passagePrefix());
    }

    /** In words, for whoever starts the server. */
    public String title() {
        return source == Source.LOCAL
                ? model + ", in this process"
                : model + " by " + account().title();
    }

    ModelConfig account() {
        Account account = accounts.get(source);
        return ModelConfig.of(
                source.provider(),
                account == null ? source.provider().defaultUrl() : account.baseUrl(),
                account == null ? null : account.key(),
                model);
    }
}
