package dev.ibid.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ibid.config.Secret;
import dev.ibid.models.ModelConfig.Provider;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.net.URI;
import java.time.Duration;

class ModelConfigTest {

    @ParameterizedTest
    @CsvSource({"ftp://models/v1", "/v1", "localhost:11434", "http://user:key@models/v1"})
    void refusesAnAddressThatIsNone(URI address) {
        assertThatThrownBy(() -> ModelConfig.of(Provider.OPENAI, address, null, "m"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("OPENAI_BASE_URL");
    }

    @Test
    void refusesAModelWithoutAName() {
        assertThatThrownBy(() ->
                        ModelConfig.of(Provider.OLLAMA, Provider.OLLAMA.defaultUrl(), null, " "))
                .hasMessageContaining("OLLAMA_MODEL");
    }

    @Test
    void refusesATimeoutOfNothing() {
        ModelConfig config =
                ModelConfig.of(Provider.OLLAMA, Provider.OLLAMA.defaultUrl(), null, "m");

        assertThatThrownBy(() -> config.withTimeouts(Duration.ZERO, Duration.ofSeconds(1)))
                .hasMessageContaining("CHAT_TIMEOUT");
    }

    @Test
    void doesNotPrintItsKey() {
        ModelConfig config =
                ModelConfig.of(
                        Provider.OPENAI, Provider.OPENAI.defaultUrl(), new Secret("sk-1"), "m");

        assertThat(config.toString()).doesNotContain("sk-1");
        assertThat(config.title()).isEqualTo("OpenAI");
    }
}
