package dev.ibid.threads;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;
import static org.awaitility.Awaitility.await;

import dev.ibid.failure.Failure;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

class AdmissionTest {

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final CountDownLatch open = new CountDownLatch(1);

    @AfterEach
    void stop() {
        open.countDown();
        threads.close();
    }

    @Test
    void noMoreAreInsideThanThereArePlacesAndAllGetTheirTurn() {
        Admission admission = new Admission(3, Duration.ofSeconds(30));
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        AtomicInteger done = new AtomicInteger();

        for (int piece = 0; piece < 200; piece++) {
            threads.execute(() ->
                    admission.admit(() -> {
                        most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                        Thread.yield();
                        inside.decrementAndGet();
                        return done.incrementAndGet();
                    }));
        }

        await().untilAtomic(done, org.hamcrest.Matchers.equalTo(200));
        assertThat(most.get()).isLessThanOrEqualTo(3);
    }

    @Test
    void whoWaitsInVainIsToldToComeBack() {
        Admission admission = new Admission(1, Duration.ofMillis(20));
        AtomicInteger inside = new AtomicInteger();
        threads.execute(() -> admission.admit(() -> hold(inside)));
        await().untilAtomic(inside, org.hamcrest.Matchers.equalTo(1));

        assertThatThrownBy(() -> admission.admit(() -> "never"))
                .asInstanceOf(type(Failure.class))
                .extracting(Failure::kind)
                .isEqualTo(Failure.Kind.BUSY);
    }

    @Test
    void workThatFailsGivesItsPlaceBack() {
        Admission admission = new Admission(1, Duration.ofSeconds(5));
        assertThatThrownBy(() ->
                        admission.admit(() -> {
                            throw new IllegalStateException("on purpose");
                        }))
                .isInstanceOf(IllegalStateException.class);

        String next = admission.admit(() -> "in");

        assertThat(next).isEqualTo("in");
    }

    private String hold(AtomicInteger inside) {
        inside.incrementAndGet();
        try {
            open.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        return "held";
    }
}
