package dev.ibid.ingestion;

import dev.ibid.documents.Originals;
import dev.ibid.extraction.DocumentParser;
import dev.ibid.models.Embedder;
import dev.ibid.threads.RequestThreads;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;

import java.time.Duration;

/** The life of the ingestion room: as many workers as there are cores, and the queue's gauges. */
public final class IngestionVerticle extends VerticleBase {

    private static final Duration GAUGE_EVERY = Duration.ofSeconds(5);

    /** Several times what a batch takes; an interrupt would break a database connection. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final int workers = Math.max(2, Runtime.getRuntime().availableProcessors());
    private final RequestThreads threads = new RequestThreads("ingestion", workers + 1);
    private final WorkSignal signal = new WorkSignal();
    private final Jobs jobs;
    private final DocumentParser parser;
    private final Worker worker;
    private final MeterRegistry meters;
    private volatile Jobs.Depth depth = new Jobs.Depth(0, Duration.ZERO);

    /**
     * @param published told after each document that became ready
     */
    public IngestionVerticle(
            Jobs jobs,
            Checkpoints checkpoints,
            Originals originals,
            DocumentParser parser,
            Splitter splitter,
            Embedder embedder,
            Runnable published,
            MeterRegistry meters) {
        Pipeline pipeline =
                new Pipeline(
                        jobs,
                        checkpoints,
                        originals,
                        parser,
                        splitter,
                        embedder,
                        signal::stopped,
                        meters);
        this.jobs = jobs;
        this.parser = parser;
        this.worker = new Worker(jobs, pipeline, signal, published, meters);
        this.meters = meters;
    }

    /** Tells idle workers that something was uploaded. */
    public void wake() {
        signal.wake();
    }

    @Override
    public Future<?> start() {
        Gauge.builder("ingestion.queue.depth", () -> depth.waiting())
                .description("Document versions that are not ready yet")
                .register(meters);
        Gauge.builder("ingestion.oldest.job.seconds", () -> depth.oldest().toSeconds())
                .description("How long the oldest of them has waited")
                .register(meters);
        for (int n = 0; n < workers; n++) {
            threads.run(worker);
        }
        vertx.setPeriodic(GAUGE_EVERY.toMillis(), due -> Thread.ofVirtual().start(this::measure));
        return Future.succeededFuture();
    }

    /**
     * Work that is under way ends at its next checkpoint, and goes on from there at the next start
     * or in another process. Readers of documents are ended at once.
     */
    @Override
    public Future<?> stop() {
        signal.stop();
        return vertx.executeBlocking(() -> {
            parser.close();
            threads.close(PATIENCE);
            return null;
        });
    }

    private void measure() {
        try {
            depth = jobs.depth();
        } catch (RuntimeException unreachable) {
            depth = new Jobs.Depth(depth.waiting(), depth.oldest().plus(GAUGE_EVERY));
        }
    }
}
