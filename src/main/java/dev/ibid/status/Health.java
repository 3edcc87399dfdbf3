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
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Asks every part at once and waits for all of them together no longer than a second. A part that
 * has not answered yet is not asked again, so that a dead one holds one thread and no more.
 */
final class Health {

    private static final Logger log = LoggerFactory.getLogger(Health.class);
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final Map<String, Check> checks;
    private final Set<String> vital;
    private final Map<String, FutureTask<Finding>> asked = new ConcurrentHashMap<>();

    /**
     * @param vital the parts without which the server answers nothing
     */
    Health(Map<String, Check> checks, Set<String> vital) {
        this.checks = new LinkedHashMap<>(checks);
        this.vital = Set.copyOf(vital);
    }

    Map<String, Finding> look() {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        Map<String, Future<Finding>> answers = new LinkedHashMap<>();
        checks.forEach((name, check) -> answers.put(name, ask(name, check)));
        Map<String, Finding> findings = new LinkedHashMap<>();
        answers.forEach((name, answer) ->
                findings.put(name, finding(name, answer, deadline - System.nanoTime())));
        return findings;
    }

    private Future<Finding> ask(String name, Check check) {
        FutureTask<Finding> fresh = new FutureTask<>(check::look);
        FutureTask<Finding> current =
                asked.merge(name, fresh, (earlier, later) -> earlier.isDone() ? later : earlier);
        if (current.equals(fresh)) {
            Thread.ofVirtual().name("check-" + name).start(fresh);
        }
        return current;
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

    private static Finding finding(String name, Future<Finding> answer, long nanosLeft) {
        try {
            return answer.get(Math.max(0, nanosLeft), TimeUnit.NANOSECONDS);
        } catch (TimeoutException slow) {
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
