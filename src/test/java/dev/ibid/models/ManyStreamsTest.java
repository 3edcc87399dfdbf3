package dev.ibid.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ibid.testing.FakeProviderScript;
import dev.ibid.testing.FakeProviderScript.Ending;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

class ManyStreamsTest extends ProviderTest {

    private static final int STREAMS = 300;

    @ParameterizedTest
    @EnumSource
    void threeHundredAnswersAtOnceOnTwoEventLoops(LanguageModelTest.Protocol protocol) {
        provider.always(FakeProviderScript.tokens(30, Duration.ofMillis(30)));
        LanguageModel model = model(protocol.config(this));

        List<HeardAnswer> heard = Stream.generate(() -> ask(model)).limit(STREAMS).toList();

        assertThat(heard)
                .allSatisfy(one ->
                        assertThat(one.awaitCompletion().finish())
                                .isEqualTo(Completion.Finish.STOP));
        assertThat(heard).allSatisfy(one -> assertThat(one.tokens()).hasSize(30));
    }

    @ParameterizedTest
    @EnumSource
    void aStreamCostsNoThread(LanguageModelTest.Protocol protocol) {
        provider.always(FakeProviderScript.of("one").ending(Ending.STALLED));
        LanguageModel model = model(protocol.config(this));
        ask(model).awaitTokens(1);
        int before = Thread.activeCount();

        List<HeardAnswer> heard = Stream.generate(() -> ask(model)).limit(STREAMS).toList();

        await().atMost(Duration.ofSeconds(20)).until(() -> provider.openStreams() == STREAMS + 1);
        heard.forEach(one -> one.awaitTokens(1));
        assertThat(Thread.activeCount()).isLessThan(before + 10);
        assertThat(heard)
                .as("no virtual thread either")
                .allSatisfy(one -> assertThat(one.strays()).isZero());
    }
}
