package dev.ibid.models;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ibid.config.Settings;
import dev.ibid.models.EmbeddingConfig.Source;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.Map;

class EmbeddingSettingsTest {

    private static EmbeddingConfig read(Settings settings) {
        return EmbeddingSettings.from(settings, ProviderAccounts.from(settings));
    }

    private static EmbeddingConfig read(Map<String, String> values) {
        Settings settings = new Settings(values);
        EmbeddingConfig config = read(settings);
        assertThat(settings.problems()).isEmpty();
        return config;
    }

    private static String problem(Map<String, String> values) {
        Settings settings = new Settings(values);
        read(settings);
        return String.join("\n", settings.problems());
    }

    @Test
    void theKeyOfAChatModelDoesNotChooseTheEmbeddingModel() {
        EmbeddingConfig config = read(Map.of("OPENAI_API_KEY", "sk-1", "OLLAMA_MODEL", "m"));

        assertThat(config.source()).isEqualTo(Source.LOCAL);
        assertThat(config.habits().english()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "openai, OPENAI_API_KEY, text-embedding-3-small",
        "cohere, COHERE_API_KEY, embed-v4.0",
        "gemini, GEMINI_API_KEY, gemini-embedding-001",
        "ollama, OLLAMA_MODEL, nomic-embed-text"
    })
    void eachProviderHasAUsualModel(String provider, String account, String model) {
        EmbeddingConfig config = read(Map.of("EMBEDDING_PROVIDER", provider, account, "x"));

        assertThat(config.source().id()).isEqualTo(provider);
        assertThat(config.model()).isEqualTo(model);
    }

    @Test
    void prefixesAreThoseOfTheModelUnlessTheyAreSet() {
        Map<String, String> e5 =
                Map.of("EMBEDDING_PROVIDER", "ollama", "EMBEDDING_MODEL", "multilingual-e5-base");
        Map<String, String> own =
                Map.of(
                        "EMBEDDING_PROVIDER",
                        "ollama",
                        "EMBEDDING_MODEL",
                        "multilingual-e5-base",
                        "EMBEDDING_QUERY_PREFIX",
                        "ask:",
                        "EMBEDDING_PASSAGE_PREFIX",
                        "none");

        assertThat(read(e5).habits()).isEqualTo(new EmbeddingHabits("query: ", "passage: ", false));
        assertThat(read(own).habits()).isEqualTo(new EmbeddingHabits("ask: ", "", false));
    }

    @Test
    void theModelOfOpenAiCountsForOpenAiOnly() {
        assertThat(
                        read(Map.of(
                                        "EMBEDDING_PROVIDER",
                                        "openai",
                                        "OPENAI_BASE_URL",
                                        "http://localhost:8000/v1",
                                        "OPENAI_EMBEDDING_MODEL",
                                        "bge-m3"))
                                .model())
                .isEqualTo("bge-m3");
        assertThat(read(Map.of("OPENAI_EMBEDDING_MODEL", "bge-m3")).source())
                .isEqualTo(Source.LOCAL);
    }

    @Test
    void saysWhatIsWrong() {
        assertThat(problem(Map.of("EMBEDDING_PROVIDER", "cohere"))).contains("COHERE_API_KEY");
        assertThat(problem(Map.of("EMBEDDING_PROVIDER", "hugging-face"))).contains("ollama");
        assertThat(problem(Map.of("EMBEDDING_MODEL", "bge-m3"))).contains("EMBEDDING_PROVIDER");
        assertThat(problem(Map.of("EMBEDDING_PASSAGE_PREFIX", "passage:")))
                .contains("the local model takes none");
    }
}
