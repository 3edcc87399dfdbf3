package dev.ibid.models;

import dev.ibid.config.Settings;
import dev.ibid.models.ModelConfig.Provider;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Reads which chat model answers. */
public final class ModelSettings {

    private static final int LONGEST_ANSWER = 200_000;

    private ModelSettings() {}

    private record Manner(
            int maxTokens, @Nullable Double temperature, Duration firstToken, Duration idle) {}

    /**
     * The provider that was named or, when exactly one was set up, that one; none if there is none.
     */
    public static ModelConfig from(Settings settings, ProviderAccounts accounts) {
        Optional<Provider> named =
                settings.choice(
                                "AI_PROVIDER",
                                Provider.class,
                                "Who runs the chat model; needed when several are set up.")
                        .optional();
        Manner manner = manner(settings);
        Provider provider = named.orElseGet(() -> onlyOneSetUp(accounts, settings));
        if (provider == Provider.NONE) {
            return ModelConfig.none();
        }
        ProviderAccounts.Account account = accounts.of(provider);
        return settings.build(() -> config(provider, account, manner)).orElseGet(ModelConfig::none);
    }

    private static Manner manner(Settings settings) {
        return new Manner(
                settings.integer("OPENAI_MAX_TOKENS", "The longest answer, in tokens.")
                        .where(tokens -> tokens > 0, "above zero")
                        .or(1024),
                settings.decimal(
                                "OPENAI_TEMPERATURE",
                                "How freely the model words its answers; the model's default if unset.")
                        .where(value -> value >= 0 && value <= 2, "from 0 to 2")
                        .optional()
                        .orElse(null),
                settings.duration(
                                "CHAT_TIMEOUT",
                                "How long to wait for the first token of an answer.")
                        .where(Duration::isPositive, "above zero")
                        .or(Duration.ofSeconds(30)),
                settings.duration(
                                "CHAT_IDLE_TIMEOUT",
                                "How long to wait for each further token of an answer.")
                        .where(Duration::isPositive, "above zero")
                        .or(Duration.ofSeconds(30)));
    }

    private static ModelConfig config(
            Provider provider, ProviderAccounts.Account account, Manner manner) {
        return new ModelConfig(
                provider,
                account.baseUrl(),
                account.key().orElse(null),
                account.chatModel(),
                manner.maxTokens(),
                manner.temperature(),
                null,
                manner.firstToken(),
                manner.idle(),
                LONGEST_ANSWER);
    }

    private static Provider onlyOneSetUp(ProviderAccounts accounts, Settings settings) {
        List<Provider> setUp = accounts.setUp();
        if (setUp.size() > 1) {
            String names = setUp.stream().map(Provider::title).collect(Collectors.joining(", "));
            settings.problem(
                    "AI_PROVIDER",
                    "several providers are set up (" + names + "); name the one that answers.");
        }
        return setUp.size() == 1 ? setUp.getFirst() : Provider.NONE;
    }
}
