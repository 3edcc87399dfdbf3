package dev.ibid.ingestion;

import dev.ibid.ingestion.Jobs.Depth;
import dev.ibid.ingestion.Jobs.Trouble;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.Supplier;

/** What the room counts. */
final class IngestionMeters {

    private final MeterRegistry meters;

    IngestionMeters(MeterRegistry meters) {
        this.meters = meters;
    }

    void queue(Supplier<Depth> depth) {
        Gauge.builder("ingestion.queue.depth", () -> depth.get().waiting())
                .description("Document versions that are not ready yet")
                .register(meters);
        Gauge.builder("ingestion.oldest.job.seconds", () -> depth.get().oldest().toSeconds())
                .description("How long the oldest of them has waited")
                .register(meters);
    }

    <T> T timed(String stage, Callable<T> step) throws Exception {
        Timer.Sample sample = Timer.start(meters);
        try {
            return step.call();
        } finally {
            sample.stop(
                    Timer.builder("ingestion.stage")
                            .description("One stage of one document version")
                            .tag("stage", stage)
                            .register(meters));
        }
    }

    void failed(String code) {
        Counter.builder("ingestion.failures")
                .description("Document versions that failed, and why")
                .tag("code", code)
                .register(meters)
                .increment();
    }

    void retried(Trouble cause) {
        Counter.builder("ingestion.retries")
                .description("Attempts that ended in vain and will be repeated, and why")
                .tag("cause", cause.name().toLowerCase(Locale.ROOT))
                .register(meters)
                .increment();
    }

    void leaseLost() {
        Counter.builder("ingestion.leases.lost")
                .description("Attempts that were cut off: the document was deleted, or taken over")
                .register(meters)
                .increment();
    }
}
