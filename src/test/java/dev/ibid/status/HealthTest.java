package dev.ibid.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ibid.status.Check.Finding;
import dev.ibid.status.Check.State;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

class HealthTest {

    private final CountDownLatch end = new CountDownLatch(1);
    private final AtomicInteger asked = new AtomicInteger();

    @AfterEach
    void end() {
        end.countDown();
    }

    @Test
    void waitsForAllTogetherNoLongerThanForOne() {
        Map<String, Check> checks = new LinkedHashMap<>();
        for (int number = 0; number < 5; number++) {
            checks.put("stuck" + number, this::stuck);
        }
        checks.put("well", () -> Finding.ok("answers"));
        Health health = new Health(checks, Set.of());
        long begun = System.nanoTime();

        Map<String, Finding> findings = health.look();

        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(3));
        assertThat(findings.get("well").state()).isEqualTo(State.OK);
        assertThat(findings.get("stuck4").state()).isEqualTo(State.DOWN);
    }

    @Test
    void doesNotAskAPartAgainThatHasNotAnsweredYet() {
        Health health = new Health(Map.of("stuck", this::stuck), Set.of());

        health.look();
        health.look();

        assertThat(asked).hasValue(1);
    }

    @Test
    void asksAnew() {
        Health health = new Health(Map.of("well", this::counted), Set.of());

        health.look();
        health.look();

        assertThat(asked).hasValue(2);
    }

    private Finding counted() {
        asked.incrementAndGet();
        return Finding.ok("answers");
    }

    /** Deaf to interrupts, as a driver in a system call is. */
    private Finding stuck() {
        asked.incrementAndGet();
        boolean ended = false;
        while (!ended) {
            try {
                end.await();
                ended = true;
            } catch (InterruptedException deaf) {
                // It goes on.
            }
        }
        return Finding.ok("at last");
    }
}
