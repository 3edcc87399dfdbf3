package dev.ibid.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import dev.ibid.config.Secret;
import dev.ibid.failure.Failure;
import dev.ibid.failure.Failure.Kind;
import dev.ibid.models.EmbeddingConfig.Account;
import dev.ibid.models.EmbeddingConfig.Source;
import dev.ibid.testing.FakeProviderRequest;
import dev.ibid.testing.FakeProviderScript;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

@Timeout(30)
class LangchainEmbedderTest extends ProviderTest {

    private static final int DIMENSION = 8;

    @TempDir private Path cache;

    private Embedder embedder(EmbeddingConfig config, int dimension) {
        return embedder(config, dimension, VertxHttpOptions.defaults());
    }

    private Embedder embedder(EmbeddingConfig config, int dimension, VertxHttpOptions options) {
        return keep(new EmbeddingModels(vertx, cache, 1).open(config, dimension, 1, options));
    }

    private EmbeddingConfig config(Source source, String model) {
        URI address = source == Source.OLLAMA ? provider.ollama() : provider.openAi();
        return config(source, model, address);
    }

    private static EmbeddingConfig config(Source source, String model, URI address) {
        Account account = new Account(address, new Secret(KEY), true);
        return new EmbeddingConfig(
                source, model, EmbeddingHabits.of(model), Map.of(source, account));
    }

    private Embedder openAi() {
        return embedder(config(Source.OPENAI, "some-model"), DIMENSION);
    }

    private static double length(float[] vector) {
        return Math.sqrt(
                IntStream.range(0, vector.length).mapToDouble(i -> vector[i] * vector[i]).sum());
    }

    private static Failure failure(Embedder embedder) {
        return catchThrowableOfType(
                Failure.class, () -> embedder.embedPassages(List.of("a passage")));
    }

    @ParameterizedTest
    @EnumSource(value = Source.class, mode = EnumSource.Mode.EXCLUDE, names = "LOCAL")
    void eachProviderGivesVectorsOfLengthOneInOrder(Source source) {
        provider.embeds(texts -> List.of(new double[] {3, 4}, new double[] {0, -2}));
        Embedder embedder = embedder(config(source, "some-model"), 2);

        List<float[]> vectors = embedder.embedPassages(List.of("one", "two"));

        assertThat(vectors.get(0)).containsExactly(new float[] {.6f, .8f}, within(1e-6f));
        assertThat(vectors.get(1)).containsExactly(new float[] {0, -1}, within(1e-6f));
        assertThat(provider.requests().getLast().inputs()).containsExactly("one", "two");
    }

    @Test
    void learnsTheDimensionByAskingOnce() {
        provider.embedsIn(24);
        Embedder embedder = embedder(config(Source.OPENAI, "some-model"), 0);

        EmbeddingFingerprint fingerprint = embedder.fingerprint();

        assertThat(fingerprint)
                .isEqualTo(new EmbeddingFingerprint("openai", "some-model", 24, "", 1));
        assertThat(embedder.fingerprint()).isEqualTo(fingerprint);
        assertThat(provider.requests()).hasSize(1);
    }

    @Test
    void asksNobodyForADimensionThatIsKnown() {
        assertThat(openAi().fingerprint().dimension()).isEqualTo(DIMENSION);
        assertThat(provider.requests()).isEmpty();
    }

    @Test
    void setsWhatTheModelWantsBeforeQuestionsAndPassages() {
        Embedder embedder = embedder(config(Source.OLLAMA, "nomic-embed-text"), DIMENSION);

        embedder.embedPassages(List.of("Cats sleep."));
        embedder.embedQuery("Who sleeps?");

        assertThat(provider.requests().stream().map(FakeProviderRequest::inputs))
                .containsExactly(
                        List.of("search_document: Cats sleep."),
                        List.of("search_query: Who sleeps?"));
        assertThat(embedder.fingerprint().prefix()).isEqualTo("search_document: ");
    }

    @Test
    void sendsManyPassagesInSeveralRequests() {
        List<float[]> vectors = openAi().embedPassages(Collections.nCopies(70, "again"));

        assertThat(vectors).hasSize(70);
        assertThat(provider.requests().stream().map(request -> request.inputs().size()))
                .containsExactly(32, 32, 6);
    }

    @ParameterizedTest
    @CsvSource({
        "400, UNPROCESSABLE, embedding_refused, 1",
        "413, UNPROCESSABLE, embedding_refused, 1",
        "401, PROVIDER, embedding_key_refused, 1",
        "404, PROVIDER, embedding_model_unknown, 1",
        "429, UNAVAILABLE, embedding_rate_limited, 2",
        "500, PROVIDER, embedding_failed, 2",
        "503, PROVIDER, embedding_failed, 2"
    })
    void aStatusBecomesAFailureThatSaysWhetherToTryAgain(
            int status, Kind kind, String code, int requests) {
        FakeProviderScript fault = FakeProviderScript.status(status, "{\"error\":\"db-7 " + KEY);
        provider.next(fault, fault);

        Failure failure = failure(openAi());

        assertThat(failure.kind()).isEqualTo(kind);
        assertThat(failure.code()).isEqualTo(code);
        assertThat(failure.detail()).doesNotContain("db-7", KEY);
        assertThat(provider.requests()).hasSize(requests);
    }

    @Test
    void oneFailureThatPassesIsNotNoticed() {
        provider.next(FakeProviderScript.status(500, "{}"));

        assertThat(openAi().embedPassages(List.of("a passage"))).hasSize(1);
    }

    @Test
    void waitsAsLongAsTheProviderAsksFor() {
        provider.next(FakeProviderScript.rateLimited("1"));
        Embedder embedder = openAi();
        long asked = System.nanoTime();

        embedder.embedQuery("What now?");

        assertThat(Duration.ofNanos(System.nanoTime() - asked))
                .isBetween(Duration.ofSeconds(1), Duration.ofSeconds(4));
    }

    @Test
    void leavesALongPauseToTheCaller() {
        provider.next(FakeProviderScript.rateLimited("600"));

        Failure failure = failure(openAi());

        assertThat(failure.retryAfter()).isEqualTo(Duration.ofMinutes(10));
        assertThat(provider.requests()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<html>Welcome</html>",
                "{}",
                "{\"data\":[]}",
                "{\"object\":\"list\",\"data\":[{\"index\":0,\"embedding\":null}]}",
                "{\"object\":\"list\",\"data\":[{\"index\":0,\"embedding\":[1,null]}]}",
                "{\"object\":\"list\",\"data\":[{\"index\":0,\"embedding\":[1e999,0,0,0,0,0,0,0]}]}"
            })
    void refusesWhatIsNoAnswer(String body) {
        FakeProviderScript garbage = FakeProviderScript.body("application/json", body);
        provider.next(garbage, garbage);

        Failure failure = failure(openAi());

        assertThat(failure.code()).isEqualTo("embedding_bad_answer");
        assertThat(failure.kind().retriable()).isTrue();
    }

    @Test
    void refusesVectorsWithoutADirectionAndOfTheWrongNumber() {
        Embedder embedder = openAi();

        provider.embeds(texts -> List.of(new double[] {Double.NaN, 1, 1, 1, 1, 1, 1, 1}));
        assertThat(failure(embedder).code()).isEqualTo("embedding_bad_answer");
        provider.embeds(texts -> List.of(new double[DIMENSION]));
        assertThat(failure(embedder).code()).isEqualTo("embedding_bad_answer");
        provider.embeds(texts -> List.of());
        assertThat(failure(embedder).code()).isEqualTo("embedding_bad_answer");
    }

    @Test
    void noticesThatAnotherModelAnswersUnderTheSameName() {
        provider.embedsIn(16);

        Failure failure = failure(openAi());

        assertThat(failure.code()).isEqualTo("embedding_other_model");
        assertThat(failure.detail()).contains("16", "some-model");
    }

    @Test
    void doesNotWaitForeverForAnAnswer() {
        provider.next(FakeProviderScript.of().firstAfter(Duration.ofSeconds(20)));
        Embedder embedder =
                embedder(
                        config(Source.OPENAI, "some-model"),
                        DIMENSION,
                        VertxHttpOptions.defaults()
                                .withTimeouts(Duration.ofSeconds(1), Duration.ofMillis(300)));

        Failure failure = failure(embedder);

        assertThat(failure.kind()).isEqualTo(Kind.TIMEOUT);
    }

    @Test
    void opensWhileTheProviderIsAwayAndWorksOnceItIsThere() {
        provider.next(FakeProviderScript.status(503, "{}"), FakeProviderScript.status(503, "{}"));
        Embedder embedder = embedder(config(Source.OPENAI, "some-model"), 0);

        Failure away = catchThrowableOfType(Failure.class, embedder::fingerprint);

        assertThat(away.kind().retriable()).isTrue();
        assertThatNoException().isThrownBy(embedder::fingerprint);
        assertThat(length(embedder.embedQuery("Who is there?"))).isCloseTo(1, within(1e-6));
    }

    @Test
    void saysThatNobodyListens() {
        URI nobody = URI.create("http://127.0.0.1:1/v1");
        Embedder embedder = embedder(config(Source.OPENAI, "some-model", nobody), DIMENSION);

        Failure failure = failure(embedder);

        assertThat(failure.code()).isEqualTo("embedding_unreachable");
        assertThat(failure.detail()).contains("OPENAI_BASE_URL");
    }
}
