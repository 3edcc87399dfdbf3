package dev.ibid.http;

import dev.ibid.threads.RequestThreads;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Which action serves which operation id of {@code openapi.yaml}. */
public final class Operations {

    record Binding(Action action, RequestThreads threads) {}

    private final Map<String, Binding> bindings = new LinkedHashMap<>();
    private RequestThreads threads;

    private Operations(RequestThreads threads) {
        this.threads = threads;
    }

    static Operations of(List<Routes> rooms) {
        Operations operations = new Operations(rooms.getFirst().threads());
        for (Routes room : rooms) {
            operations.threads = room.threads();
            room.bind(operations);
        }
        return operations;
    }

    public Operations on(String operationId, Action action) {
        if (bindings.putIfAbsent(operationId, new Binding(action, threads)) != null) {
            throw new IllegalStateException("Two actions are bound to operation " + operationId);
        }
        return this;
    }

    /**
     * @throws IllegalStateException naming each operation that is unbound or that the contract does
     *     not know
     */
    Map<String, Binding> matching(Set<String> contract) {
        Set<String> unbound = new TreeSet<>(contract);
        unbound.removeAll(bindings.keySet());
        Set<String> unknown = new TreeSet<>(bindings.keySet());
        unknown.removeAll(contract);
        if (!unbound.isEmpty() || !unknown.isEmpty()) {
            throw new IllegalStateException(
                    "Operations unbound: " + unbound + ", not in openapi.yaml: " + unknown);
        }
        return Map.copyOf(bindings);
    }
}
