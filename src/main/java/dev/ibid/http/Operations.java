package dev.ibid.http;

import dev.ibid.threads.RequestThreads;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Which action of a room serves which operation id of {@code openapi.yaml}. */
public final class Operations {

    record Binding(Action action, RequestThreads threads) {}

    private final Map<String, Binding> bindings;
    private final RequestThreads threads;

    private Operations(Map<String, Binding> bindings, RequestThreads threads) {
        this.bindings = bindings;
        this.threads = threads;
    }

    /**
     * What all rooms together bind.
     *
     * @throws IllegalStateException naming each operation that is unbound or that the contract does
     *     not know
     */
    static Map<String, Binding> bound(List<Routes> rooms, Set<String> contract) {
        Map<String, Binding> bindings = new LinkedHashMap<>();
        rooms.forEach(room -> room.bind(new Operations(bindings, room.threads())));
        refuseDifference(bindings.keySet(), contract);
        return Map.copyOf(bindings);
    }

    public Operations on(String operationId, Action action) {
        if (bindings.putIfAbsent(operationId, new Binding(action, threads)) != null) {
            throw new IllegalStateException("Two actions are bound to operation " + operationId);
        }
        return this;
    }

    private static void refuseDifference(Set<String> bound, Set<String> contract) {
        Set<String> unbound = new TreeSet<>(contract);
        unbound.removeAll(bound);
        Set<String> unknown = new TreeSet<>(bound);
        unknown.removeAll(contract);
        if (!unbound.isEmpty() || !unknown.isEmpty()) {
            throw new IllegalStateException(
                    "Operations unbound: " + unbound + ", not in openapi.yaml: " + unknown);
        }
    }
}
