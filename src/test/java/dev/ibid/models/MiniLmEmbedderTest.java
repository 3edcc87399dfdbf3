package dev.ibid.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import dev.ibid.failure.Failure;
import dev.ibid.threads.ComputePool;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

@Timeout(60)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MiniLmEmbedderTest {

    private static final String OTHER_SUBJECT =
            " Penguins breed on the ice of Antarctica in winter.";

    private final ComputePool passages = new ComputePool("passages", 2, 4);
    private MiniLmEmbedder embedder;

    @BeforeAll
    void load(@TempDir Path cache) {
        embedder = new MiniLmEmbedder(cache, 1, passages, new ComputePool("query", 1, 64));
    }

    @AfterAll
    void close() {
        embedder.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {130, 400})
    void readsTextFarBeyondTheFirst128WordPieces(int pieces) {
        String text = "contract ".repeat(pieces);

        List<float[]> vectors = embedder.embedPassages(List.of(text, text + OTHER_SUBJECT));

        assertThat(embedder.tokenizer().count(text)).isEqualTo(pieces);
        assertThat(cosine(vectors.get(0), vectors.get(1))).isLessThan(0.9999);
    }

    @Test
    void theLastTokenWithinTheLimitStillCountsAndTheNextDoesNot() {
        int limit = embedder.tokenizer().limit();
        String almostFull = "contract ".repeat(limit - 1);

        List<float[]> vectors =
                embedder.embedPassages(
                        List.of(
                                almostFull + "contract",
                                almostFull + "bird",
                                almostFull + "contract bird"));

        assertThat(vectors.get(1)).isNotEqualTo(vectors.get(0));
        assertThat(vectors.get(2)).isEqualTo(vectors.get(0));
    }

    @Test
    void similarSentencesAreNearerThanUnrelatedOnes() {
        float[] question = embedder.embedQuery("How do I get my money back?");

        List<float[]> vectors =
                embedder.embedPassages(
                        List.of(
                                "Customers may ask for a refund within thirty days.",
                                OTHER_SUBJECT));

        assertThat(cosine(question, vectors.get(0)))
                .isGreaterThan(cosine(question, vectors.get(1)) + 0.2);
    }

    @ParameterizedTest
    @MethodSource("dev.ibid.models.WordPieceTokenizerTest#nastyTexts")
    void anyTextHasAVectorOfUnitLength(String text) {
        float[] vector = embedder.embedQuery(text);

        assertThat(vector).hasSize(embedder.fingerprint().dimension());
        assertThat(Math.sqrt(cosine(vector, vector))).isCloseTo(1, within(1e-5));
    }

    @Test
    void aVectorDoesNotDependOnItsNeighboursOrItsThread() throws Exception {
        List<String> texts =
                IntStream.range(0, 12)
                        .mapToObj(i -> "Clause " + i + OTHER_SUBJECT.repeat(1 + i % 4))
                        .toList();
        List<float[]> alone = texts.stream().map(embedder::embedQuery).toList();

        List<List<float[]>> together;
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<List<float[]>>> results =
                    Collections.nCopies(3, texts).stream()
                            .map(batch -> callers.submit(() -> embedder.embedPassages(batch)))
                            .toList();
            together = results.stream().map(ComputePool::await).toList();
        }

        assertThat(together)
                .hasSize(3)
                .allSatisfy(
                        vectors -> assertThat(vectors).usingRecursiveComparison().isEqualTo(alone));
    }

    @Test
    void answersAQueryWhileEveryPassageThreadIsTaken() throws Exception {
        try (Saturation saturation = new Saturation()) {
            float[] vector = embedder.embedQuery("Who may sign?");

            assertThat(vector).hasSize(384);
            assertThat(saturation.work).noneMatch(Future::isDone);
        }
    }

    @Test
    void refusesPassagesWhenTheQueueIsFull() throws Exception {
        try (Saturation saturation = new Saturation()) {
            Failure refused =
                    catchThrowableOfType(
                            Failure.class, () -> embedder.embedPassages(List.of("a", "b")));

            assertThat(refused.kind()).isEqualTo(Failure.Kind.BUSY);
            assertThat(saturation.work).noneMatch(Future::isDone);
        }
    }

    @Test
    void noPassagesHaveNoVectors() {
        assertThat(embedder.embedPassages(List.of())).isEmpty();
    }

    /** Both threads and all four places of the passage pool, taken until it is closed. */
    private final class Saturation implements AutoCloseable {

        private final CountDownLatch started = new CountDownLatch(2);
        private final CountDownLatch gate = new CountDownLatch(1);
        private final List<Future<Boolean>> work = new ArrayList<>();

        Saturation() throws InterruptedException {
            take(2);
            started.await();
            take(4);
        }

        private void take(int places) {
            for (int i = 0; i < places; i++) {
                work.add(
                        passages.submit(() -> {
                            started.countDown();
                            gate.await();
                            return true;
                        }));
            }
        }

        @Override
        public void close() {
            gate.countDown();
            work.forEach(ComputePool::await);
        }
    }

    private static double cosine(float[] a, float[] b) {
        return IntStream.range(0, a.length).mapToDouble(i -> a[i] * b[i]).sum();
    }
}
