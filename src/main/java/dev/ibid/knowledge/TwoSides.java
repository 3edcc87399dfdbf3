package dev.ibid.knowledge;

import dev.ibid.failure.Failure;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** Asks vectors and words at the same time; if one of them is out, the other answers alone. */
final class TwoSides {

    private static final Logger log = LoggerFactory.getLogger(TwoSides.class);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /**
     * @param weight of the dense hits beside the lexical ones
     */
    record Found(List<Hit> dense, List<Hit> lexical, double weight, Set<Side> degraded) {

        boolean mayHaveMore(int depth) {
            return dense.size() >= depth || lexical.size() >= depth;
        }
    }

    private TwoSides() {}

    /**
     * @param weight 0 leaves the vectors unasked
     */
    static Found ask(Supplier<List<Hit>> vectors, Supplier<List<Hit>> words, double weight) {
        FutureTask<List<Hit>> dense = new FutureTask<>(vectors::get);
        if (weight > 0) {
            Thread.ofVirtual().name("search-dense").start(dense);
        }
        Set<Side> degraded = EnumSet.noneOf(Side.class);
        List<Hit> lexicalHits = lexical(words, degraded);
        List<Hit> denseHits = weight > 0 ? dense(dense, degraded) : List.of();
        if (degraded.contains(Side.LEXICAL) && (weight == 0 || degraded.contains(Side.DENSE))) {
            throw Failure.unavailable(
                    "Your documents cannot be searched right now. Try again in a few seconds.",
                    Duration.ofSeconds(5),
                    new IllegalStateException("neither side answered"));
        }
        return new Found(denseHits, lexicalHits, weight(weight, degraded), Set.copyOf(degraded));
    }

    private static double weight(double weight, Set<Side> degraded) {
        if (degraded.contains(Side.LEXICAL)) {
            return 1;
        }
        return degraded.contains(Side.DENSE) ? 0 : weight;
    }

    private static List<Hit> lexical(Supplier<List<Hit>> words, Set<Side> degraded) {
        try {
            return words.get();
        } catch (RuntimeException failure) {
            return out(Side.LEXICAL, failure, degraded);
        }
    }

    private static List<Hit> dense(FutureTask<List<Hit>> vectors, Set<Side> degraded) {
        try {
            return vectors.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException failure) {
            vectors.cancel(true);
            return out(Side.DENSE, failure, degraded);
        } catch (InterruptedException stopping) {
            vectors.cancel(true);
            Thread.currentThread().interrupt();
            return out(Side.DENSE, stopping, degraded);
        }
    }

    private static List<Hit> out(Side side, Exception failure, Set<Side> degraded) {
        log.warn("The {} side of a search is out", side, failure);
        degraded.add(side);
        return List.of();
    }
}
