package dev.ibid.ingestion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ibid.extraction.ExtractedText;
import dev.ibid.extraction.ExtractedText.Block;
import dev.ibid.extraction.ExtractedText.Kind;
import dev.ibid.extraction.ParseFailure;
import dev.ibid.failure.Failure;
import dev.ibid.ingestion.Jobs.Lease;
import dev.ibid.store.postgres.Database;
import dev.ibid.store.postgres.PgCheckpoints;
import dev.ibid.store.postgres.PgJobs;
import dev.ibid.testing.TestDatabase;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;

/** One worker at a real queue, with a parser and a model that do as they are told. */
@Timeout(60)
class WorkerTest {

    private static final Database DATABASE = TestDatabase.fresh();
    private static final String TEXT = "The keeper lights the lantern.";

    private final QueueHall hall = new QueueHall(DATABASE);
    private final Jobs jobs = new PgJobs(DATABASE);
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final WorkSignal signal = new WorkSignal();
    private final ObedientParser parser = new ObedientParser();
    private final ObedientEmbedder embedder = new ObedientEmbedder();
    private final UUID ada = hall.person();
    private final Crew crew = crew();

    private Crew crew() {
        IngestionMeters meters = new IngestionMeters(registry);
        Pipeline pipeline =
                new Pipeline(
                        jobs,
                        new PgCheckpoints(DATABASE),
                        new PresentOriginals(),
                        parser,
                        new Splitter(new WordTokenizer(510)),
                        embedder,
                        signal::stopped,
                        meters);
        Worker worker =
                new Worker(jobs, new Turns(jobs, 2), pipeline, signal, signal::wake, meters);
        return new Crew(worker, 1);
    }

    @BeforeEach
    void emptyTheQueue() {
        hall.empty();
        parser.answer = () -> text(TEXT);
    }

    @AfterEach
    void stop() throws InterruptedException {
        signal.stop();
        crew.close(Duration.ofSeconds(10));
        assertThat(crew.alive()).isZero();
    }

    @AfterAll
    static void closes() {
        DATABASE.close();
    }

    @Test
    void makesADocumentReady() {
        UUID document = hall.upload(ada, 10);

        crew.start();

        awaitState(document, "ready");
        assertThat(hall.count("chunks", document)).isEqualTo(1);
        assertThat(hall.vectors(document)).isEqualTo(1);
        assertThat(hall.count("ingestion_jobs", document)).isZero();
    }

    @Test
    void givesADocumentUpBesideWhichTheServerKeepsDying() {
        UUID document = hall.upload(ada, 10);
        for (int death = 0; death < 5; death++) {
            jobs.lease(Duration.ofMinutes(1), QueueHall.ROOM).orElseThrow();
            hall.letLeasesRunOut();
        }

        crew.start();

        awaitState(document, "failed");
        assertThat(hall.failureCode(document)).contains("server_stopped");
        assertThat(failures("server_stopped")).isEqualTo(1);
    }

    @Test
    void triesOnceMoreAfterFourDeaths() {
        UUID document = hall.upload(ada, 10);
        for (int death = 0; death < 4; death++) {
            jobs.lease(Duration.ofMinutes(1), QueueHall.ROOM).orElseThrow();
            hall.letLeasesRunOut();
        }

        crew.start();

        awaitState(document, "ready");
    }

    @Test
    void goesOnAfterAnErrorOfTheVirtualMachine() {
        UUID document = hall.upload(ada, 10);
        embedder.failNext(() -> {
            throw new StackOverflowError("for a test");
        });

        crew.start();

        awaitState(document, "ready");
        assertThat(crew.alive()).isEqualTo(1);
        assertThat(retries("defect")).isEqualTo(1);
    }

    @Test
    void takesNoVectorsThatAreNone() {
        UUID document = hall.upload(ada, 10);
        embedder.failNext(() -> List.of(new float[] {Float.NaN, 1, 1, 1}));

        crew.start();

        awaitState(document, "ready");
        assertThat(retries("neighbour")).isEqualTo(1);
        assertThat(hall.vectors(document)).isEqualTo(1);
    }

    @Test
    void failsADocumentThatTheParserDiesOfThreeTimes() {
        UUID document = hall.upload(ada, 10);
        parser.answer =
                () -> {
                    hall.letRestsEnd();
                    throw new ParseFailure(ParseFailure.Code.PARSER_CRASHED, "It died.");
                };

        crew.start();

        await().atMost(Duration.ofSeconds(30))
                .until(() -> {
                    hall.letRestsEnd();
                    return hall.state(document).equals("failed");
                });
        assertThat(hall.failureCode(document)).contains("parser_crashed");
        assertThat(retries("crash")).isEqualTo(2);
    }

    @Test
    void waitsForANeighbourFromItsFirstAbsenceAndNotFromTheUpload() {
        UUID document = hall.upload(ada, 10);
        Lease lease = jobs.lease(Duration.ofMinutes(1), QueueHall.ROOM).orElseThrow();
        jobs.retryAfter(lease, Jobs.Trouble.NEIGHBOUR, Duration.ZERO);
        hall.haveFailedSince(Duration.ofMinutes(31));
        hall.letRestsEnd();
        embedder.failNext(() -> {
            throw Failure.unavailable("Away.", Duration.ZERO, new IllegalStateException());
        });

        crew.start();

        // The text was kept before the model was asked: the neighbours were back meanwhile.
        awaitState(document, "ready");
    }

    @Test
    void failsWhenANeighbourWasAwayForTooLong() {
        UUID document = hall.upload(ada, 10);
        Lease lease = jobs.lease(Duration.ofMinutes(1), QueueHall.ROOM).orElseThrow();
        jobs.retryAfter(lease, Jobs.Trouble.NEIGHBOUR, Duration.ZERO);
        hall.haveFailedSince(Duration.ofMinutes(31));
        hall.letRestsEnd();
        parser.answer =
                () -> {
                    throw Failure.unavailable("Away.", Duration.ZERO, new IllegalStateException());
                };

        crew.start();

        awaitState(document, "failed");
        assertThat(hall.failureCode(document)).contains("unavailable");
    }

    @Test
    void aDeletionDuringEmbeddingIsNoFailure() throws InterruptedException {
        UUID document = hall.upload(ada, 10);
        CountDownLatch embedding = new CountDownLatch(1);
        embedder.failNext(() -> {
            embedding.countDown();
            throw interrupted();
        });

        crew.start();
        embedding.await();
        hall.delete(document);

        await().atMost(Duration.ofSeconds(10)).until(() -> lost() == 1);
        assertThat(registry.find("ingestion.retries").counters()).isEmpty();
        assertThat(registry.find("ingestion.failures").counters()).isEmpty();
    }

    @Test
    void aStrayInterruptEndsNothing() {
        crew.start();
        crew.interrupt();

        UUID document = hall.upload(ada, 10);

        awaitState(document, "ready");
    }

    @Test
    void takesASmallFileWithALargeTextAgainAsALargeOne() {
        UUID document = hall.upload(ada, 10);
        List<Block> blocks = List.of(new Block(Kind.PARAGRAPH, 0, TEXT.length(), null, null, null));
        parser.answer = () -> new ExtractedText(TEXT + " ".repeat(9 << 20), blocks, null);

        crew.start();

        awaitState(document, "ready");
        assertThat(parser.asked).isEqualTo(2);
    }

    @Test
    void givesItsLeaseBackWhenItIsStopped() throws InterruptedException {
        UUID document = hall.upload(ada, 10);
        CountDownLatch embedding = new CountDownLatch(1);
        embedder.failNext(() -> {
            embedding.countDown();
            throw interrupted();
        });
        crew.start();
        embedding.await();

        signal.stop();
        crew.close(Duration.ofMillis(100));

        assertThat(jobs.lease(Duration.ofMinutes(1), QueueHall.ROOM))
                .hasValueSatisfying(lease -> {
                    assertThat(lease.documentId()).isEqualTo(document);
                    assertThat(lease.attempts()).isEqualTo(1);
                });
        assertThat(hall.state(document)).isEqualTo("queued");
    }

    /** Waits until the worker is interrupted, and ends as a model does that waits for its pool. */
    private static RuntimeException interrupted() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        return new CancellationException("interrupted");
    }

    private static ExtractedText text(String text) {
        return new ExtractedText(
                text, List.of(new Block(Kind.PARAGRAPH, 0, text.length(), null, null, null)), null);
    }

    private void awaitState(UUID document, String state) {
        await().atMost(Duration.ofSeconds(20)).until(() -> hall.state(document).equals(state));
    }

    private double failures(String code) {
        return registry.get("ingestion.failures").tag("code", code).counter().count();
    }

    private double retries(String cause) {
        return registry.get("ingestion.retries").tag("cause", cause).counter().count();
    }

    private double lost() {
        var counter = registry.find("ingestion.leases.lost").counter();
        return counter == null ? 0 : counter.count();
    }
}
