package dev.ibid.knowledge;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;

/** How long each stage of a search takes, and how well it does. */
final class RetrievalMeters {

    enum Stage {
        EMBED,
        DENSE,
        LEXICAL,
        FUSE,
        CHECK
    }

    private final Map<Stage, Timer> durations = new EnumMap<>(Stage.class);
    private final DistributionSummary topScore;
    private final Counter noHit;

    RetrievalMeters(MeterRegistry meters) {
        for (Stage stage : Stage.values()) {
            durations.put(stage, duration(stage, meters));
        }
        this.topScore =
                DistributionSummary.builder("retrieval.top.score")
                        .description("The fused score of a search's best passage")
                        .register(meters);
        this.noHit =
                Counter.builder("retrieval.no.hit")
                        .description("Searches that found nothing")
                        .register(meters);
    }

    <T> T timed(Stage stage, Supplier<T> work) {
        Timer.Sample sample = Timer.start();
        try {
            return work.get();
        } finally {
            sample.stop(Objects.requireNonNull(durations.get(stage)));
        }
    }

    private static Timer duration(Stage stage, MeterRegistry meters) {
        return Timer.builder("retrieval.duration")
                .description("How long a stage of a search takes")
                .tag("stage", stage.name().toLowerCase(Locale.ROOT))
                .publishPercentileHistogram()
                .register(meters);
    }

    void found(List<Passage> passages) {
        if (passages.isEmpty()) {
            noHit.increment();
        } else {
            topScore.record(passages.getFirst().score());
        }
    }
}
