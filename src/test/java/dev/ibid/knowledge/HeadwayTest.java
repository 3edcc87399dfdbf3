package dev.ibid.knowledge;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.time.Duration;

class HeadwayTest {

    private static final Duration NEARLY_A_POLL = Duration.ofMillis(900);

    private final Headway headway = new Headway();

    @Test
    void isNotWokenByASearchThatHasNothingToWaitFor() {
        headway.reached(5, 5);

        boolean applied = headway.await(5, Duration.ofSeconds(5));

        assertThat(applied).isTrue();
        assertThat(timeToTheNextRound()).isGreaterThan(NEARLY_A_POLL);
    }

    @Test
    void isWokenByASearchThatWaits() {
        headway.reached(5, 6);

        boolean applied = headway.await(6, Duration.ZERO);

        assertThat(applied).isFalse();
        assertThat(timeToTheNextRound()).isLessThan(NEARLY_A_POLL);
    }

    private Duration timeToTheNextRound() {
        long before = System.nanoTime();
        headway.next(false);
        return Duration.ofNanos(System.nanoTime() - before);
    }
}
