package dev.ibid;

import dev.ibid.status.Check;
import dev.ibid.status.Check.Finding;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** What the status room looks at. */
final class Checks {

    /** Without these no request that matters can be served. */
    static final Set<String> VITAL = Set.of("postgres", "lexical", "vectors");

    private Checks() {}

    static Map<String, Check> of(Storage storage, Table table, String answers) {
        Map<String, Check> checks = new LinkedHashMap<>();
        checks.put(
                "postgres",
                () -> {
                    storage.database().read("status.ping", handle -> handle.execute("select 1"));
                    return Finding.ok("answers");
                });
        checks.put(
                "lexical",
                () ->
                        index(
                                table,
                                "lexical",
                                table.words().count(),
                                table.words().appliedThrough()));
        checks.put("vectors", () -> vectors(table));
        checks.put("model", () -> Finding.ok(answers));
        return checks;
    }

    /** Search by words alone, or by another model than was configured, works and yet is told. */
    private static Finding vectors(Table table) {
        Embeddings embeddings = table.embeddings();
        Finding finding =
                embeddings
                        .side()
                        .map(side ->
                                index(
                                        table,
                                        "vectors",
                                        side.index().count(),
                                        side.index().appliedThrough()))
                        .orElseGet(() -> Finding.degraded("no model"));
        return embeddings.settled() || finding.state() == Check.State.DOWN
                ? finding
                : Finding.degraded("Search goes by " + embeddings.described())
                        .with(finding.figures());
    }

    private static Finding index(Table table, String name, long count, long applied) {
        boolean failing =
                table.followers().now().stream()
                        .anyMatch(follower -> follower.name().equals(name) && follower.failing());
        Finding finding =
                failing
                        ? Finding.degraded("cannot be brought up to date")
                        : Finding.ok("up to date");
        return finding.with(Map.of("chunks", count, "appliedThrough", applied));
    }
}
