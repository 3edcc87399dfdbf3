package dev.ibid.models;

import dev.ibid.config.Secret;
import dev.ibid.models.ModelConfig.Provider;

import org.jspecify.annotations.Nullable;

import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

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

    /**
     * A provider.
     *
     * @param isSet whether somebody set it up
     */
    public record Account(URI baseUrl, @Nullable Secret key, boolean isSet) {}

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

    /**
     * The model that made vectors earlier, if it can still be had: the local one always, another
     * one if its provider is set up.
     */
    public Optional<EmbeddingConfig> earlier(EmbeddingFingerprint made) {
        EmbeddingHabits usual = EmbeddingHabits.of(made.model());
        return Stream.of(Source.values())
                .filter(known -> known.id().equals(made.provider()))
                .filter(known -> known == source || isReachable(known))
                .findFirst()
                .map(known ->
                        new EmbeddingConfig(
                                known,
                                made.model(),
                                new EmbeddingHabits(
                                        usual.queryPrefix(), made.prefix(), usual.english()),
                                accounts));
    }

    private boolean isReachable(Source other) {
        Account account = accounts.get(other);
        return other == Source.LOCAL || (account != null && account.isSet());
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
