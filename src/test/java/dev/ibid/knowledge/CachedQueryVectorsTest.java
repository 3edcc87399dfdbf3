package dev.ibid.knowledge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;
import static org.awaitility.Awaitility.await;

import dev.ibid.failure.Failure;
import dev.ibid.threads.Admission;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

class CachedQueryVectorsTest {

    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final CountDownLatch open = new CountDownLatch(1);

    @Test
    void theSameQuestionIsEmbeddedOnce() {
        QueryVectors vectors = new CachedQueryVectors(this::vector);

        float[] first = vectors.of("What is the notice period?");
        float[] again = vectors.of("  What is  the\nnotice period? ");
        vectors.of("And for managers?");

        assertThat(again).isSameAs(first);
        assertThat(asked).containsExactly("What is the notice period?", "And for managers?");
    }

    @Test
    void whoWaitsInVainForAPlaceIsToldThatItIsBusy() {
        QueryVectors vectors =
                new CachedQueryVectors(this::slow, new Admission(1, Duration.ofMillis(50)));
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var first = threads.submit(() -> vectors.of("First"));
            await().until(() -> asked.size() == 1);

            assertThatThrownBy(() -> vectors.of("Second"))
                    .asInstanceOf(type(Failure.class))
                    .extracting(Failure::kind)
                    .isEqualTo(Failure.Kind.BUSY);
            open.countDown();
            await().until(first::isDone);
        }
        assertThat(asked).containsExactly("First");
    }

    private float[] vector(String text) {
        asked.add(text);
        return new float[] {1};
    }

    private float[] slow(String text) {
        float[] vector = vector(text);
        try {
            open.await();
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
        return vector;
    }
}
