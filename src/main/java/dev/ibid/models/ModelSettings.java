package dev.ibid.models;

import dev.ibid.config.Secret;
import dev.ibid.config.Settings;
import dev.ibid.models.ModelConfig.Provider;

import org.jspecify.annotations.Nullable;

import java.net.URI;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/** Reads which chat model answers. */
public final class ModelSettings {

    private static final int LONGEST_ANSWER = 200_000;

    private record Account(URI baseUrl, Optional<Secret> key, String model, boolean isSet) {}

    private ModelSettings() {}

    private record Manner(
            int maxTokens, @Nullable Double temperature, Duration firstToken, Duration idle) {}

    /**
     * The provider that was named or, when exactly one was set up, that one; none if there is none.
     */
    public static ModelConfig from(Settings settings) {
        Map<Provider, Account> accounts = accounts(settings);
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
        Account account = Objects.requireNonNull(accounts.get(provider));
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

    private static ModelConfig config(Provider provider, Account account, Manner manner) {
        return new ModelConfig(
                provider,
                account.baseUrl(),
                account.key().orElse(null),
                account.model(),
                manner.maxTokens(),
                manner.temperature(),
                null,
                manner.firstToken(),
                manner.idle(),
                LONGEST_ANSWER);
    }

    private static Provider onlyOneSetUp(Map<Provider, Account> accounts, Settings settings) {
        List<Provider> setUp =
                accounts.entrySet().stream()
                        .filter(account -> account.getValue().isSet())
                        .map(Map.Entry::getKey)
                        .toList();
        if (setUp.size() > 1) {
            String names = setUp.stream().map(Provider::title).collect(Collectors.joining(", "));
            settings.problem(
                    "AI_PROVIDER",
                    "several providers are set up (" + names + "); name the one that answers.");
        }
        return setUp.size() == 1 ? setUp.getFirst() : Provider.NONE;
    }

    private static Map<Provider, Account> accounts(Settings settings) {
        Map<Provider, Account> accounts = new EnumMap<>(Provider.class);
        Optional<Secret> openAi =
                settings.secret("OPENAI_API_KEY", "The key of OpenAI or of a compatible server.")
                        .optional();
        Optional<URI> openAiUrl =
                settings.uri(
                                "OPENAI_BASE_URL",
                                "The address of an OpenAI-compatible server, up to /v1.")
                        .optional();
        accounts.put(
                Provider.OPENAI,
                new Account(
                        openAiUrl.orElse(Provider.OPENAI.defaultUrl()),
                        openAi,
                        settings.text("OPENAI_MODEL", "The chat model.").or("gpt-4o-mini"),
                        openAi.isPresent() || openAiUrl.isPresent()));
        accounts.put(Provider.GEMINI, keyed(settings, Provider.GEMINI, "gemini-2.5-flash"));
        accounts.put(Provider.COHERE, keyed(settings, Provider.COHERE, "command-a-03-2025"));
        accounts.put(
                Provider.HUGGING_FACE,
                keyed(settings, Provider.HUGGING_FACE, "meta-llama/Llama-3.3-70B-Instruct"));
        Optional<URI> ollama =
                settings.uri("OLLAMA_BASE_URL", "The address of an Ollama server.").optional();
        Optional<String> ollamaModel =
                settings.text("OLLAMA_MODEL", "The model that Ollama answers with.").optional();
        accounts.put(
                Provider.OLLAMA,
                new Account(
                        ollama.orElse(Provider.OLLAMA.defaultUrl()),
                        Optional.empty(),
                        ollamaModel.orElse("llama3.2"),
                        ollama.isPresent() || ollamaModel.isPresent()));
        return accounts;
    }

    private static Account keyed(Settings settings, Provider provider, String usualModel) {
        Optional<Secret> key =
                settings.secret(provider.keySetting(), "The key of " + provider.title() + ".")
                        .optional();
        String model =
                settings.text(
                                provider.modelSetting(),
                                "The chat model of " + provider.title() + ".")
                        .or(usualModel);
        return new Account(provider.defaultUrl(), key, model, key.isPresent());
    }
}
