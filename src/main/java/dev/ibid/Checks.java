package dev.ibid;

import dev.ibid.ingestion.IngestionVerticle;
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

    static Map<String, Check> of(
            Storage storage, Table table, IngestionVerticle ingestion, String answers) {
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
        checks.put(
                "vectors",
                () ->
                        index(
                                table,
                                "vectors",
                                table.vectors().count(),
                                table.vectors().appliedThrough()));
        checks.put("ingestion", () -> ingestion(ingestion.standing()));
        checks.put("model", () -> Finding.ok(answers));
        return checks;
    }

    private static Finding ingestion(IngestionVerticle.Standing standing) {
        Finding finding =
                standing.alive() < standing.workers()
                        ? Finding.degraded("workers have ended; restart the server")
                        : standing.readable()
                                ? Finding.ok("at work")
                                : Finding.degraded("the queue cannot be read");
        return finding.with(
                Map.of(
                        "workers", standing.alive(),
                        "waiting", standing.depth().waiting(),
                        "oldestSeconds", standing.depth().oldest().toSeconds()));
    }

    private static Finding index(Table table, String name, long count, long applied) {
        boolean failing =
                table.followers().stream()
                        .anyMatch(follower -> follower.name().equals(name) && follower.failing());
        Finding finding =
                failing
                        ? Finding.degraded("cannot be brought up to date")
                        : Finding.ok("up to date");
        return finding.with(Map.of("chunks", count, "appliedThrough", applied));
    }
}
