package dev.ibid.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ibid.testing.FakeProviderRequest;
import dev.ibid.testing.FakeProviderScript;
import dev.ibid.testing.FakeProviderScript.Ending;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

class CancellationTest extends ProviderTest {

    private static final int CALLS = 100;
    private static final Duration LIMIT = Duration.ofSeconds(2);

    private record Asked(HeardAnswer heard, ModelCall call) {}

    private List<Asked> askAll(LanguageModel model) {
        return IntStream.range(0, CALLS)
                .mapToObj(at -> {
                    HeardAnswer heard = new HeardAnswer();
                    return new Asked(heard, model.stream(question(), heard));
                })
                .toList();
    }

    private long cancelledRequests() {
        return provider.requests().stream().filter(FakeProviderRequest::cancelled).count();
    }

    @ParameterizedTest
    @EnumSource
    void inTheMiddleOfAnAnswerTheProviderSeesItWithinTwoSeconds(
            LanguageModelTest.Protocol protocol) {
        provider.always(
                FakeProviderScript.of(" word").every(Duration.ofMillis(50)).ending(Ending.ENDLESS));
        LanguageModel model = model(protocol.config(this));
        List<Asked> asked = askAll(model);
        asked.forEach(one -> one.heard().awaitTokens(2));

        asked.forEach(one -> one.call().cancel());

        await().atMost(LIMIT).until(() -> cancelledRequests() == CALLS);
        assertThat(provider.openStreams()).isZero();
        assertThat(asked).allSatisfy(one -> assertThat(one.heard().ends()).isZero());
    }

    @ParameterizedTest
    @EnumSource
    void beforeTheFirstTokenTheProviderSeesItWithinTwoSeconds(LanguageModelTest.Protocol protocol) {
        provider.always(FakeProviderScript.of("late").firstAfter(Duration.ofSeconds(20)));
        LanguageModel model = model(protocol.config(this));
        List<Asked> asked = askAll(model);
        await().until(() -> provider.openStreams() == CALLS);

        asked.forEach(one -> one.call().cancel());

        await().atMost(LIMIT).until(() -> cancelledRequests() == CALLS);
        assertThat(asked).allSatisfy(one -> assertThat(one.heard().ends()).isZero());
    }

    @Test
    void beforeTheConnectionStandsNothingIsLeftBehind() {
        provider.always(
                FakeProviderScript.of(" word").every(Duration.ofMillis(50)).ending(Ending.ENDLESS));
        LanguageModel model = model(openAiConfig());
        List<Asked> asked = new ArrayList<>();

        for (int call = 0; call < CALLS; call++) {
            HeardAnswer heard = new HeardAnswer();
            ModelCall started = model.stream(question(), heard);
            started.cancel();
            asked.add(new Asked(heard, started));
        }

        HeardAnswer after = ask(model).awaitTokens(1);
        await().atMost(LIMIT).until(() -> provider.openStreams() == 1);
        assertThat(after.ends()).isZero();
        assertThat(asked).allSatisfy(one -> assertThat(one.heard().ends()).isZero());
    }

    @Test
    void whoWaitsForASocketIsNeverSent() {
        provider.always(FakeProviderScript.of("one").ending(Ending.STALLED));
        LanguageModel model =
                model(openAiConfig(), VertxHttpOptions.defaults().withConnections(1, 10));
        HeardAnswer first = new HeardAnswer();
        ModelCall holder = model.stream(question(), first);
        first.awaitTokens(1);
        HeardAnswer waiting = new HeardAnswer();
        ModelCall waiter = model.stream(question(), waiting);

        waiter.cancel();

        holder.cancel();
        HeardAnswer third = ask(model).awaitTokens(1);
        assertThat(third.text()).isEqualTo("one");
        assertThat(waiting.tokens()).isEmpty();
        assertThat(provider.requests()).hasSize(2);
    }

    @Test
    void betweenTheTwoTriesNoSecondOneIsMade() {
        provider.always(FakeProviderScript.rateLimited("1"));
        LanguageModel model = model(openAiConfig());
        HeardAnswer heard = new HeardAnswer();
        ModelCall call = model.stream(question(), heard);
        await().until(() -> provider.requests().size() == 1);

        call.cancel();

        await().during(Duration.ofMillis(1600)).until(() -> provider.requests().size() == 1);
        assertThat(heard.ends()).isZero();
    }

    @Test
    void twiceIsAsGoodAsOnceAndAfterTheEndItDoesNothing() {
        LanguageModel model = model(openAiConfig());
        HeardAnswer heard = new HeardAnswer();
        ModelCall call = model.stream(question(), heard);
        heard.awaitCompletion();

        call.cancel();
        call.cancel();

        HeardAnswer next = ask(model);
        next.awaitCompletion();
        assertThat(heard.ends()).isOne();
        assertThat(provider.requests()).noneMatch(FakeProviderRequest::cancelled);
    }

    @Test
    void fromWithinACallbackNoFurtherTokenComes() {
        provider.always(
                FakeProviderScript.of("a", "b", "c", "d")
                        .framed(FakeProviderScript.Framing.PAIRED));
        LanguageModel model = model(openAiConfig());
        List<String> tokens = new ArrayList<>();
        java.util.concurrent.CompletableFuture<ModelCall> call =
                new java.util.concurrent.CompletableFuture<>();
        HeardAnswer ends = new HeardAnswer();

        call.complete(
                model.stream(
                        question(),
                        new TokenListener() {
                            @Override
                            public void token(String delta) {
                                tokens.add(delta);
                                call.join().cancel();
                            }

                            @Override
                            public void complete(Completion completion) {
                                ends.complete(completion);
                            }

                            @Override
                            public void failed(dev.ibid.failure.Failure failure) {
                                ends.failed(failure);
                            }
                        }));

        await().until(() -> provider.requests().size() == 1 && provider.openStreams() == 0);
        await().during(Duration.ofMillis(200)).until(() -> ends.ends() == 0);
        assertThat(tokens).containsExactly("a");
    }

    @Test
    void closingTheModelCutsWhatIsUnderWay() {
        provider.always(FakeProviderScript.of("one").ending(Ending.STALLED));
        LanguageModel model = model(openAiConfig());
        HeardAnswer heard = ask(model).awaitTokens(1);

        model.close();

        assertThat(heard.awaitFailure().code()).isEqualTo("model_interrupted");
        await().atMost(LIMIT).until(() -> provider.openStreams() == 0);
    }
}
