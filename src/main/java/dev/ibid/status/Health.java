package dev.ibid.status;

import dev.ibid.status.Check.Finding;
import dev.ibid.status.Check.State;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Asks every part at once and waits for none longer than a second. */
final class Health {

    private static final Logger log = LoggerFactory.getLogger(Health.class);
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final Map<String, Check> checks;
    private final Set<String> vital;

    /**
     * @param vital the parts without which the server answers nothing
     */
    Health(Map<String, Check> checks, Set<String> vital) {
        this.checks = new LinkedHashMap<>(checks);
        this.vital = Set.copyOf(vital);
    }

    Map<String, Finding> look() {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Map<String, Future<Finding>> asked = new LinkedHashMap<>();
            checks.forEach((name, check) ->
                    asked.put(name, threads.submit((Callable<Finding>) check::look)));
            Map<String, Finding> findings = new LinkedHashMap<>();
            asked.forEach((name, answer) -> findings.put(name, finding(name, answer)));
            threads.shutdownNow();
            return findings;
        }
    }

    /** Down when a vital part is down; degraded when anything else is not well. */
    State overall(Map<String, Finding> findings) {
        return findings.entrySet().stream()
                .map(part ->
                        part.getValue().state() == State.DOWN && !vital.contains(part.getKey())
                                ? State.DEGRADED
                                : part.getValue().state())
                .max(Comparator.naturalOrder())
                .orElse(State.OK);
    }

    private static Finding finding(String name, Future<Finding> answer) {
        try {
            return answer.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException slow) {
            answer.cancel(true);
            return new Finding(
                    State.DOWN, "no answer within " + PATIENCE.toSeconds() + " s", Map.of());
        } catch (ExecutionException broken) {
            log.debug("Check {} failed", name, broken.getCause());
            return new Finding(State.DOWN, "cannot be reached", Map.of());
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return new Finding(State.DOWN, "the server is stopping", Map.of());
        }
    }
}
