package dev.ibid.knowledge;

import dev.ibid.failure.Failure;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * Asks vectors and words at the same time; if one of them is out, the other answers alone. One that
 * is only busy is not out: the search is then refused, rather than answered worse than it could be.
 */
final class HybridSearch {

    private static final Logger log = LoggerFactory.getLogger(HybridSearch.class);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Set<Side> out = ConcurrentHashMap.newKeySet();

    /**
     * @param weight of the dense hits beside the lexical ones
     */
    record Found(List<Hit> dense, List<Hit> lexical, double weight, Set<Side> degraded) {

        boolean mayHaveMore(int depth) {
            return dense.size() >= depth || lexical.size() >= depth;
        }
    }

    /**
     * @param weight 0 leaves the vectors unasked
     * @throws Failure of kind UNAVAILABLE when neither side answers, or BUSY
     */
    Found ask(Supplier<List<Hit>> vectors, Supplier<List<Hit>> words, double weight) {
        FutureTask<List<Hit>> dense = new FutureTask<>(vectors::get);
        if (weight > 0) {
            Thread.ofVirtual().name("search-dense").start(inContext(dense));
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

    /** With the request's id in what it logs. */
    private static Runnable inContext(Runnable work) {
        Map<String, String> context = MDC.getCopyOfContextMap();
        return () -> {
            MDC.setContextMap(context == null ? Map.of() : context);
            work.run();
        };
    }

    private static double weight(double weight, Set<Side> degraded) {
        if (degraded.contains(Side.LEXICAL)) {
            return 1;
        }
        return degraded.contains(Side.DENSE) ? 0 : weight;
    }

    private List<Hit> lexical(Supplier<List<Hit>> words, Set<Side> degraded) {
        try {
            return answered(Side.LEXICAL, words.get());
        } catch (RuntimeException failure) {
            return out(Side.LEXICAL, failure, degraded);
        }
    }

    private List<Hit> dense(FutureTask<List<Hit>> vectors, Set<Side> degraded) {
        try {
            return answered(Side.DENSE, vectors.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS));
        } catch (ExecutionException failure) {
            if (failure.getCause() instanceof Failure busy && busy.kind() == Failure.Kind.BUSY) {
                throw busy;
            }
            return out(Side.DENSE, failure, degraded);
        } catch (TimeoutException failure) {
            vectors.cancel(true);
            return out(Side.DENSE, failure, degraded);
        } catch (InterruptedException stopping) {
            vectors.cancel(true);
            Thread.currentThread().interrupt();
            return out(Side.DENSE, stopping, degraded);
        }
    }

    private List<Hit> answered(Side side, List<Hit> hits) {
        if (!out.isEmpty() && out.remove(side)) {
            log.info("The {} side of searches answers again", side);
        }
        return hits;
    }

    /** Said once, not with every search until it is mended. */
    private List<Hit> out(Side side, Exception failure, Set<Side> degraded) {
        if (out.add(side)) {
            log.warn("The {} side of searches is out; the other goes on alone", side, failure);
        }
        degraded.add(side);
        return List.of();
    }
}
