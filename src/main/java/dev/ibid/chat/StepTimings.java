package dev.ibid.chat;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** How long each step of an answer took. */
final class StepTimings {

    private final Map<String, Long> millis = new LinkedHashMap<>();

    <T> T timed(String step, Supplier<T> work) {
        long begun = System.nanoTime();
        try {
            return work.get();
        } finally {
            millis.put(step, TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun));
        }
    }

    Map<String, Long> millis() {
        return Map.copyOf(millis);
    }
}
