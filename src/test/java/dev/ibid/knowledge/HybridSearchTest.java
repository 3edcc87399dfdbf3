package dev.ibid.knowledge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ibid.failure.Failure;

import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

class HybridSearchTest {

    private static final List<Hit> HITS = List.of(new Hit(Chunks.id("one"), 1));

    private final HybridSearch search = new HybridSearch();

    @Test
    void aModelThatIsOnlyBusyIsNotAnsweredWithout() {
        Failure busy = Failure.busy("Too many questions.", Duration.ofSeconds(1));

        assertThatThrownBy(() ->
                        search.ask(
                                () -> {
                                    throw busy;
                                },
                                () -> HITS,
                                .4))
                .isSameAs(busy);
    }

    @Test
    void aModelThatIsOutIsDoneWithout() {
        HybridSearch.Found found =
                search.ask(
                        () -> {
                            throw new IllegalStateException("out");
                        },
                        () -> HITS,
                        .4);

        assertThat(found.degraded()).containsExactly(Side.DENSE);
        assertThat(found.lexical()).isEqualTo(HITS);
    }

    @Test
    void whatTheVectorsLogBelongsToTheRequest() {
        AtomicReference<Map<String, String>> seen = new AtomicReference<>(Map.of());
        MDC.put("requestId", "the-request");
        try {
            search.ask(
                    () -> {
                        seen.set(MDC.getCopyOfContextMap());
                        return HITS;
                    },
                    () -> HITS,
                    .4);
        } finally {
            MDC.clear();
        }

        assertThat(seen.get()).containsEntry("requestId", "the-request");
    }
}
