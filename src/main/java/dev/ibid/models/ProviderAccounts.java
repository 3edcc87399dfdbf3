package dev.ibid.models;

import dev.ibid.config.Secret;
import dev.ibid.config.Settings;
import dev.ibid.models.ModelConfig.Provider;

import java.net.URI;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** The providers as they were set up: where each is reached, with which key, and its chat model. */
public final class ProviderAccounts {

    record Account(URI baseUrl, Optional<Secret> key, String chatModel, boolean isSet) {}

    private final Map<Provider, Account> accounts = new EnumMap<>(Provider.class);

    private ProviderAccounts() {}

    public static ProviderAccounts from(Settings settings) {
        ProviderAccounts accounts = new ProviderAccounts();
        accounts.put(Provider.OPENAI, openAi(settings));
        accounts.put(Provider.GEMINI, keyed(settings, Provider.GEMINI, "gemini-2.5-flash"));
        accounts.put(Provider.COHERE, keyed(settings, Provider.COHERE, "command-a-03-2025"));
        accounts.put(
                Provider.HUGGING_FACE,
                keyed(settings, Provider.HUGGING_FACE, "meta-llama/Llama-3.3-70B-Instruct"));
        accounts.put(Provider.OLLAMA, ollama(settings));
        return accounts;
    }

    Account of(Provider provider) {
        return Objects.requireNonNull(accounts.get(provider));
    }

    List<Provider> setUp() {
        return accounts.keySet().stream().filter(provider -> of(provider).isSet()).toList();
    }

    private void put(Provider provider, Account account) {
        accounts.put(provider, account);
    }

    private static Account openAi(Settings settings) {
        Optional<Secret> key =
                settings.secret("OPENAI_API_KEY", "The key of OpenAI or of a compatible server.")
                        .optional();
        Optional<URI> url =
                settings.uri(
                                "OPENAI_BASE_URL",
                                "The address of an OpenAI-compatible server, up to /v1.")
                        .optional();
        return new Account(
                url.orElse(Provider.OPENAI.defaultUrl()),
                key,
                settings.text("OPENAI_MODEL", "The chat model.").or("gpt-4o-mini"),
                key.isPresent() || url.isPresent());
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

    private static Account ollama(Settings settings) {
        Optional<URI> url =
                settings.uri("OLLAMA_BASE_URL", "The address of an Ollama server.").optional();
        Optional<String> model =
                settings.text("OLLAMA_MODEL", "The model that Ollama answers with.").optional();
        return new Account(
                url.orElse(Provider.OLLAMA.defaultUrl()),
                Optional.empty(),
                model.orElse("llama3.2"),
                url.isPresent() || model.isPresent());
    }
}
