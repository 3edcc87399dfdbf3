package dev.ibid.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ibid.failure.Failure;
import dev.ibid.failure.Failure.Kind;
import dev.ibid.testing.FakeProviderScript;
import dev.ibid.testing.FakeProviderScript.Ending;

import org.assertj.core.util.Throwables;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import java.net.URI;
import java.time.Duration;

class ModelFailuresTest extends ProviderTest {

    private static final String SECRET_BODY =
            "{\"error\":{\"message\":\"internal host db-7, key " + KEY + "\"}}";

    @ParameterizedTest
    @CsvSource({
        "400, PROVIDER, model_refused, 1",
        "401, PROVIDER, model_key_refused, 1",
        "403, PROVIDER, model_key_refused, 1",
        "404, PROVIDER, model_unknown, 1",
        "301, PROVIDER, model_bad_answer, 1",
        "429, UNAVAILABLE, model_rate_limited, 2",
        "500, PROVIDER, model_error, 2",
        "503, PROVIDER, model_error, 2"
    })
    void aStatusBecomesAFailureWithoutTheProvidersWords(
            int status, Kind kind, String code, int requests) {
        provider.always(FakeProviderScript.status(status, SECRET_BODY));
        LanguageModel model = model(openAiConfig());

        Failure failure = ask(model).awaitFailure();

        assertThat(failure.kind()).isEqualTo(kind);
        assertThat(failure.code()).isEqualTo(code);
        assertThat(failure.detail())
                .startsWith("The OpenAI-compatible model server ")
                .doesNotContain("db-7", KEY);
        assertThat(provider.requests()).hasSize(requests);
    }

    @Test
    void theCauseThatIsLoggedDoesNotHoldTheKey() {
        provider.always(FakeProviderScript.status(400, SECRET_BODY));
        LanguageModel model = model(openAiConfig());

        Failure failure = ask(model).awaitFailure();

        assertThat(failure).hasStackTraceContaining("db-7").hasStackTraceContaining("***");
        assertThat(Throwables.getStackTrace(failure)).doesNotContain(KEY);
    }

    @ParameterizedTest
    @CsvSource({
        "text/html, <html><body>Welcome</body></html>, model_bad_answer",
        "application/json, '{\"choices\":[]}', model_bad_answer",
        "text/event-stream, 'data: {\"choices\":[{\n\n', model_bad_answer",
        "text/event-stream, '', model_empty",
        "text/event-stream, 'data: [DONE]\n\n', model_empty"
    })
    void aBodyThatIsNoAnswerIsTriedOnceMoreAndThenNamed(String type, String body, String code) {
        provider.always(FakeProviderScript.body(type, body));
        LanguageModel model = model(openAiConfig());

        Failure failure = ask(model).awaitFailure();

        assertThat(failure.kind()).isEqualTo(Kind.PROVIDER);
        assertThat(failure.code()).isEqualTo(code);
        assertThat(provider.requests()).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({
        "text/html, <html></html>, model_bad_answer",
        "application/x-ndjson, '', model_empty"
    })
    void ollamaMayAnswerNonsenseToo(String type, String body, String code) {
        provider.always(FakeProviderScript.body(type, body));
        LanguageModel model = model(ollamaConfig());

        Failure failure = ask(model).awaitFailure();

        assertThat(failure.code()).isEqualTo(code);
    }

    @ParameterizedTest
    @CsvSource({
        "OPENAI, TRUNCATED, PROVIDER, model_interrupted",
        "OPENAI, DROPPED, PROVIDER, model_interrupted",
        "OPENAI, STALLED, TIMEOUT, model_stalled",
        "OPENAI, GARBLED, PROVIDER, model_bad_answer",
        "OPENAI, ERROR, PROVIDER, model_error",
        "OLLAMA, TRUNCATED, PROVIDER, model_interrupted",
        "OLLAMA, DROPPED, PROVIDER, model_interrupted",
        "OLLAMA, STALLED, TIMEOUT, model_stalled",
        "OLLAMA, GARBLED, PROVIDER, model_bad_answer",
        "OLLAMA, ERROR, PROVIDER, model_error"
    })
    void anAnswerThatBreaksOffIsNotTriedAgain(
            LanguageModelTest.Protocol protocol, Ending ending, Kind kind, String code) {
        provider.always(FakeProviderScript.of("one", " two", " three").ending(ending, 2));
        LanguageModel model = model(impatient(protocol.config(this)));

        HeardAnswer heard = ask(model);

        Failure failure = heard.awaitFailure();
        assertThat(failure.kind()).isEqualTo(kind);
        assertThat(failure.code()).isEqualTo(code);
        assertThat(heard.text()).isEqualTo("one two");
        assertThat(provider.requests()).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(
            value = Ending.class,
            names = {"TRUNCATED", "DROPPED", "GARBLED", "ERROR"})
    void beforeTheFirstTokenOneRetryIsMade(Ending ending) {
        provider.next(FakeProviderScript.of("one").ending(ending, 0))
                .always(FakeProviderScript.of("better"));
        LanguageModel model = model(openAiConfig());

        HeardAnswer heard = ask(model);

        heard.awaitCompletion();
        assertThat(heard.text()).isEqualTo("better");
        assertThat(provider.requests()).hasSize(2);
        assertThat(heard.ends()).isOne();
    }

    @Test
    void retryAfterIsHonoured() {
        provider.next(FakeProviderScript.rateLimited("1")).always(FakeProviderScript.of("better"));
        LanguageModel model = model(openAiConfig());
        long asked = System.nanoTime();

        HeardAnswer heard = ask(model);

        heard.awaitCompletion();
        assertThat(Duration.ofNanos(System.nanoTime() - asked))
                .isGreaterThan(Duration.ofSeconds(1));
        assertThat(heard.text()).isEqualTo("better");
    }

    @Test
    void aRetryAfterBeyondTheDeadlineIsHandedOn() {
        provider.always(FakeProviderScript.rateLimited("120"));
        LanguageModel model = model(openAiConfig());

        Failure failure = ask(model).awaitFailure();

        assertThat(failure.retryAfter()).isEqualTo(Duration.ofMinutes(2));
        assertThat(provider.requests()).hasSize(1);
    }

    @Test
    void aProviderThatDoesNotBeginIsGivenUp() {
        provider.always(FakeProviderScript.of("late").firstAfter(Duration.ofMinutes(1)));
        LanguageModel model = model(impatient(openAiConfig()));

        Failure failure = ask(model).awaitFailure();

        assertThat(failure.kind()).isEqualTo(Kind.TIMEOUT);
        assertThat(failure.code()).isEqualTo("model_timeout");
        assertThat(failure.detail()).contains("CHAT_TIMEOUT");
        assertThat(provider.requests()).hasSize(1);
        await().until(() -> provider.openStreams() == 0);
    }

    @Test
    void tokensThatComeSlowlyButSteadilyAreNotGivenUp() {
        provider.always(FakeProviderScript.tokens(6, Duration.ofMillis(150)));
        LanguageModel model = model(impatient(openAiConfig()));

        HeardAnswer heard = ask(model);

        heard.awaitCompletion();
        assertThat(heard.tokens()).hasSize(6);
    }

    @ParameterizedTest
    @CsvSource({"http://127.0.0.1:1/v1", "http://no-such-host.invalid/v1"})
    void aProviderThatCannotBeReachedIsUnavailableWithinFiveSeconds(URI nowhere) {
        LanguageModel model =
                model(ModelConfig.of(ModelConfig.Provider.OPENAI, nowhere, null, "m"));
        long asked = System.nanoTime();

        Failure failure = ask(model).awaitFailure();

        assertThat(failure.kind()).isEqualTo(Kind.UNAVAILABLE);
        assertThat(failure.code()).isEqualTo("model_unreachable");
        assertThat(failure.detail())
                .contains("OPENAI_BASE_URL")
                .doesNotContain("127.0.0.1", "invalid");
        assertThat(Duration.ofNanos(System.nanoTime() - asked)).isLessThan(Duration.ofSeconds(5));
    }

    @Test
    void moreAnswersThanTheWireHoldsAreRefused() {
        provider.always(FakeProviderScript.of("one").ending(Ending.STALLED));
        LanguageModel model =
                model(openAiConfig(), VertxHttpOptions.defaults().withConnections(1, 0));
        ask(model).awaitTokens(1);

        Failure failure = ask(model).awaitFailure();

        assertThat(failure.kind()).isEqualTo(Kind.BUSY);
    }
}
