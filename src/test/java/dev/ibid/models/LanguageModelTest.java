package dev.ibid.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ibid.models.Completion.Finish;
import dev.ibid.models.Prompt.Turn;
import dev.ibid.testing.FakeProviderRequest;
import dev.ibid.testing.FakeProviderScript;
import dev.ibid.testing.FakeProviderScript.Ending;
import dev.ibid.testing.FakeProviderScript.Framing;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import java.time.Duration;
import java.util.List;

class LanguageModelTest extends ProviderTest {

    private static final String[] MIXED = {
        "Grüße", " – ", "日本語", " ", "\uD83E\uDD8A", "\"q\"", "\\", "\n", "e\u0301", " done"
    };

    enum Protocol {
        OPENAI,
        OLLAMA;

        ModelConfig config(ProviderTest test) {
            return this == OPENAI ? test.openAiConfig() : test.ollamaConfig();
        }
    }

    @ParameterizedTest
    @EnumSource
    void tokensArriveWhileTheProviderIsStillTalking(Protocol protocol) {
        provider.always(FakeProviderScript.of("one", " two").ending(Ending.STALLED));
        LanguageModel model = model(protocol.config(this));

        HeardAnswer heard = ask(model).awaitTokens(2);

        assertThat(heard.tokens()).containsExactly("one", " two");
        assertThat(heard.ends()).isZero();
        assertThat(provider.openStreams()).isOne();
    }

    @ParameterizedTest
    @EnumSource
    void anAnswerEndsWithItsReasonModelAndUsage(Protocol protocol) {
        provider.always(FakeProviderScript.of("one", " two").ending(Ending.LENGTH));
        LanguageModel model = model(protocol.config(this));

        HeardAnswer heard = ask(model);

        assertThat(heard.awaitCompletion())
                .isEqualTo(new Completion(Finish.LENGTH, "fake-model", new Completion.Usage(7, 2)));
        assertThat(heard.text()).isEqualTo("one two");
        assertThat(heard.strays()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "OPENAI, SPLIT", "OPENAI, PAIRED", "OPENAI, CRLF", "OPENAI, NOISE", "OPENAI, LONG_LINE",
                "OPENAI, WHOLE",
        "OLLAMA, SPLIT", "OLLAMA, PAIRED", "OLLAMA, CRLF", "OLLAMA, NOISE", "OLLAMA, LONG_LINE",
                "OLLAMA, WHOLE"
    })
    void howTheBytesAreCutMakesNoDifference(Protocol protocol, Framing framing) {
        provider.always(FakeProviderScript.of(MIXED).framed(framing));
        LanguageModel model = model(protocol.config(this));

        HeardAnswer heard = ask(model);

        assertThat(heard.awaitCompletion().finish()).isEqualTo(Finish.STOP);
        assertThat(heard.tokens()).containsExactly(MIXED);
        assertThat(heard.text()).doesNotContain("\uFFFD");
    }

    @Test
    void aCharacterSplitBetweenTwoTokensArrivesWhole() {
        provider.always(FakeProviderScript.of("a \uD83E", "\uDD8A b"));
        LanguageModel model = model(openAiConfig());

        HeardAnswer heard = ask(model);

        heard.awaitCompletion();
        assertThat(heard.tokens()).containsExactly("a ", "\uD83E\uDD8A b");
    }

    @ParameterizedTest
    @CsvSource({"WITHOUT_DONE, STOP", "ONLY_DONE, OTHER", "FILTERED, FILTERED"})
    void eitherMarkOfTheEndIsEnough(Ending ending, Finish finish) {
        provider.always(FakeProviderScript.of("one").ending(ending));
        LanguageModel model = model(openAiConfig());

        HeardAnswer heard = ask(model);

        assertThat(heard.awaitCompletion().finish()).isEqualTo(finish);
    }

    @Test
    void anEndlessAnswerIsCutAndSaysSo() {
        provider.always(FakeProviderScript.of(" again").ending(Ending.ENDLESS));
        LanguageModel model = model(openAiConfig().withMaxAnswerChars(10_000));

        HeardAnswer heard = ask(model);

        assertThat(heard.awaitCompletion().finish()).isEqualTo(Finish.CUT);
        assertThat(heard.text()).hasSizeBetween(10_000, 10_010);
        await().until(() -> provider.requests().getFirst().cancelled());
    }

    @Test
    void theConversationReachesOpenAiAsItWasAsked() {
        LanguageModel model = model(openAiConfig());
        Prompt prompt =
                new Prompt(
                        List.of(
                                Turn.system("S"),
                                Turn.user("U1"),
                                Turn.assistant("A"),
                                Turn.user("U2 \"x\"")),
                        77,
                        0.5);
        HeardAnswer heard = new HeardAnswer();

        model.stream(prompt, heard);

        assertThat(heard.awaitCompletion().finish()).isEqualTo(Finish.STOP);
        assertThat(heard.text()).isEqualTo("U2 \"x\"");
        FakeProviderRequest sent = provider.requests().getFirst();
        assertThat(sent.json().path("messages").findValuesAsText("role"))
                .containsExactly("system", "user", "assistant", "user");
        assertThat(sent.json().path("max_tokens").asInt()).isEqualTo(77);
        assertThat(sent.json().path("temperature").asDouble()).isEqualTo(0.5);
    }

    @Test
    void ollamaIsToldHowLargeAWindowIsNeeded() {
        LanguageModel model = model(ollamaConfig());

        HeardAnswer heard = ask(model);

        heard.awaitCompletion();
        assertThat(provider.requests().getFirst().json().path("options").path("num_ctx").asInt())
                .isEqualTo(model.info().contextTokens());
    }

    @Test
    void cohereIsNotSentTheFieldThatItRefuses() {
        LanguageModel model =
                model(
                        ModelConfig.of(
                                ModelConfig.Provider.COHERE,
                                provider.openAi(),
                                openAiConfig().apiKey(),
                                "command-r"));

        HeardAnswer heard = ask(model);

        heard.awaitCompletion();
        assertThat(provider.requests().getFirst().json().has("stream_options")).isFalse();
    }

    @Test
    void aConnectionIsUsedAgainAfterAnAnswer() {
        LanguageModel model = model(openAiConfig());

        for (int turn = 0; turn < 5; turn++) {
            ask(model).awaitCompletion();
        }

        assertThat(provider.openConnections()).isOne();
    }

    @Test
    void aServerThatLeavesTheStreamOpenAfterDoneDoesNotDelayTheAnswer() {
        LanguageModel model = model(openAiConfig());
        provider.always(FakeProviderScript.of("one").every(Duration.ZERO).ending(Ending.LINGERING));

        HeardAnswer heard = ask(model);

        assertThat(heard.awaitCompletion().finish()).isEqualTo(Finish.STOP);
        await().until(() -> provider.openStreams() == 0);
    }

    @Test
    void noModelIsConfiguredByDefault() {
        assertThat(ChatModels.from(ModelConfig.none(), vertx)).isEmpty();
    }
}
