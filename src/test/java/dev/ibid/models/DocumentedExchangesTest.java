package dev.ibid.models;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ibid.testing.FakeProviderScript;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** Exchanges in the form that the providers' references give, replayed byte for byte. */
class DocumentedExchangesTest extends ProviderTest {

    private FakeProviderScript replay(String type, String name) throws IOException {
        try (InputStream file =
                Objects.requireNonNull(getClass().getResourceAsStream("/wire/" + name))) {
            return FakeProviderScript.body(
                    type, new String(file.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    @Test
    void openAi() throws IOException {
        provider.always(replay("text/event-stream; charset=utf-8", "openai-chat-stream.txt"));
        LanguageModel model = model(openAiConfig());

        HeardAnswer heard = ask(model);

        assertThat(heard.awaitCompletion())
                .isEqualTo(
                        new Completion(
                                Completion.Finish.STOP,
                                "gpt-4o-mini",
                                new Completion.Usage(19, 3)));
        assertThat(heard.tokens()).containsExactly("Hello", "!", " \u00FCber");
    }

    @Test
    void ollama() throws IOException {
        provider.always(replay("application/x-ndjson", "ollama-chat-stream.txt"));
        LanguageModel model = model(ollamaConfig());

        HeardAnswer heard = ask(model);

        assertThat(heard.awaitCompletion())
                .isEqualTo(
                        new Completion(
                                Completion.Finish.STOP, "llama3.2", new Completion.Usage(26, 3)));
        assertThat(heard.tokens()).containsExactly("The", " sky");
    }

    @Test
    void aModelThatThinksAloudIsHeardOnlyWhenItAnswers() throws IOException {
        provider.always(replay("application/x-ndjson", "ollama-thinking-stream.txt"));
        LanguageModel model = model(ollamaConfig());

        HeardAnswer heard = ask(model);

        heard.awaitCompletion();
        assertThat(heard.tokens()).containsExactly("Four.");
    }
}
