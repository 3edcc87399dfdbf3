package dev.ibid.ingestion;

import dev.ibid.documents.Originals;
import dev.ibid.extraction.DocumentParser;
import dev.ibid.models.Embedder;

import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;

import java.time.Duration;

/** The life of the ingestion room: its workers, and what is known of its queue. */
public final class IngestionVerticle extends VerticleBase {

    /**
     * One more than there are cores, so that a core has work while somebody waits for the database;
     * but no more than five, as each may have a parser's process beside it and one document alone
     * keeps all cores embedding.
     */
    public static final int WORKERS =
            Math.clamp(Runtime.getRuntime().availableProcessors(), 2, 4) + 1;

    private static final Duration MEASURE_EVERY = Duration.ofSeconds(5);

    /** Several times what a batch takes; an interrupt would break a database connection. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /**
     * How the room stands.
     *
     * @param alive how many of its workers are at work or ready for it
     * @param readable whether the queue could be read when it was last looked at
     */
    public record Standing(int workers, long alive, Jobs.Depth depth, boolean readable) {}

    private final WorkSignal signal = new WorkSignal();
    private final Jobs jobs;
    private final DocumentParser parser;
    private final Crew crew;
    private final IngestionMeters meters;
    private volatile Jobs.Depth depth = new Jobs.Depth(0, Duration.ZERO);
    private volatile boolean readable = true;

    /**
     * @param parser has a place for each of {@link #WORKERS}: a leased job that waited for one
     *     would be in nobody's turn
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
            MeterRegistry registry) {
        this.jobs = jobs;
        this.parser = parser;
        this.meters = new IngestionMeters(registry);
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
        Turns turns = new Turns(jobs, WORKERS);
        this.crew = new Crew(new Worker(jobs, turns, pipeline, signal, published, meters), WORKERS);
    }

    /** Tells idle workers that something was uploaded. */
    public void wake() {
        signal.wake();
    }

    public Standing standing() {
        return new Standing(crew.size(), crew.alive(), depth, readable);
    }

    @Override
    public Future<?> start() {
        meters.queue(() -> depth);
        crew.start();
        vertx.setPeriodic(MEASURE_EVERY.toMillis(), due -> Thread.ofVirtual().start(this::measure));
        return Future.succeededFuture();
    }

    /**
     * Work that is under way ends at its next checkpoint, and goes on from there at the next start
     * or, at once, in another process. Readers of documents are ended at once.
     */
    @Override
    public Future<?> stop() {
        signal.stop();
        return vertx.executeBlocking(() -> {
            parser.close();
            crew.close(PATIENCE);
            return null;
        });
    }

    private void measure() {
        try {
            depth = jobs.depth();
            readable = true;
        } catch (RuntimeException unreachable) {
            depth = new Jobs.Depth(depth.waiting(), depth.oldest().plus(MEASURE_EVERY));
            readable = false;
        }
    }
}
