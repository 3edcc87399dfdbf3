package dev.ibid.models;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The windows that providers publish for their models, by the beginning of the name; the first that
 * fits counts.
 */
final class ContextWindows {

    /** What even small local models have, and what Ollama is asked to provide. */
    private static final int UNKNOWN = 8192;

    private static final Map<String, Integer> KNOWN = known();

    private ContextWindows() {}

    static int of(String model) {
        return KNOWN.entrySet().stream()
                .filter(known -> model.startsWith(known.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(UNKNOWN);
    }

    private static Map<String, Integer> known() {
        Map<String, Integer> known = new LinkedHashMap<>();
        known.put("gpt-5-chat", 128_000);
        known.put("gpt-5", 272_000);
        known.put("gpt-4.1", 1_047_576);
        known.put("gpt-4o", 128_000);
        known.put("gpt-4-turbo", 128_000);
        known.put("gpt-4", 8192);
        known.put("gpt-3.5-turbo", 16_385);
        known.put("o1-mini", 128_000);
        known.put("o1", 200_000);
        known.put("o3", 200_000);
        known.put("o4", 200_000);
        known.put("gemini-", 1_048_576);
        known.put("command-a", 256_000);
        known.put("command-r", 128_000);
        return known;
    }
}
