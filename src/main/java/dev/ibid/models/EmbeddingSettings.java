package dev.ibid.models;

import dev.ibid.config.Setting;
import dev.ibid.config.Settings;
import dev.ibid.models.EmbeddingConfig.Account;
import dev.ibid.models.EmbeddingConfig.Source;
import dev.ibid.models.ModelConfig.Provider;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** Reads which model embeds; it is never inferred from the key of a chat model. */
public final class EmbeddingSettings {

    private static final String NO_PREFIX = "none";

    private EmbeddingSettings() {}

    public static EmbeddingConfig from(Settings settings, ProviderAccounts accounts) {
        Source source =
                settings.choice(
                                "EMBEDDING_PROVIDER",
                                Source.class,
                                "Who runs the embedding model; local means in this process, without key and network.")
                        .or(Source.LOCAL);
        String model = model(settings, source);
        EmbeddingHabits usual = EmbeddingHabits.of(model);
        EmbeddingHabits habits =
                new EmbeddingHabits(
                        prefix(
                                settings.text(
                                        "EMBEDDING_QUERY_PREFIX",
                                        "What the embedding model wants before a question, without the space after it, or `none`; known for well-known models."),
                                usual.queryPrefix()),
                        prefix(
                                settings.text(
                                        "EMBEDDING_PASSAGE_PREFIX",
                                        "The same before a passage of a document; another one means another index."),
                                usual.passagePrefix()),
                        usual.english());
        refuseMissingKey(settings, source, accounts);
        return settings.build(() -> new EmbeddingConfig(source, model, habits, accounts(accounts)))
                .orElseGet(EmbeddingConfig::local);
    }

    private static String model(Settings settings, Source source) {
        Optional<String> named =
                settings.text(
                                "EMBEDDING_MODEL",
                                "The embedding model, as its provider names it; a usual one of the provider by default.")
                        .optional();
        Optional<String> openAi =
                settings.text(
                                "OPENAI_EMBEDDING_MODEL",
                                "The embedding model of OpenAI, where EMBEDDING_PROVIDER is openai and EMBEDDING_MODEL is not set.")
                        .optional();
        return named.or(() -> source == Source.OPENAI ? openAi : Optional.empty())
                .orElse(source.usualModel());
    }

    /** Settings are stripped, so the space that ends most prefixes is put back. */
    private static String prefix(Setting<String> setting, String usual) {
        return setting.optional()
                .map(text -> text.equalsIgnoreCase(NO_PREFIX) ? "" : text + " ")
                .orElse(usual);
    }

    private static void refuseMissingKey(
            Settings settings, Source source, ProviderAccounts accounts) {
        boolean keyed = source != Source.LOCAL && source != Source.OLLAMA;
        if (keyed && !accounts.of(source.provider()).isSet()) {
            settings.problem(
                    "EMBEDDING_PROVIDER",
                    source.provider().title()
                            + " needs a key: set "
                            + source.provider().keySetting()
                            + ".");
        }
    }

    private static Map<Source, Account> accounts(ProviderAccounts accounts) {
        Map<Source, Account> known = new EnumMap<>(Source.class);
        for (Source source : Source.values()) {
            if (source.provider() != Provider.NONE) {
                ProviderAccounts.Account account = accounts.of(source.provider());
                known.put(
                        source,
                        new Account(
                                account.baseUrl(), account.key().orElse(null), account.isSet()));
            }
        }
        return known;
    }
}
