package dev.ibid;

import dev.ibid.ingestion.IngestionVerticle;
import dev.ibid.knowledge.Follower;
import dev.ibid.knowledge.Standing;
import dev.ibid.status.Check;
import dev.ibid.status.Check.Finding;
import dev.ibid.status.Check.State;

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
        checks.put("lexical", () -> index(table.follower("lexical").orElseThrow()));
        checks.put("vectors", () -> vectors(table));
        checks.put("ingestion", () -> ingestion(ingestion.standing()));
        checks.put("model", () -> Finding.ok(answers));
        return checks;
    }

    /** Search by words alone, or by another model than was configured, works and yet is told. */
    private static Finding vectors(Table table) {
        Finding finding =
                table.follower("vectors")
                        .map(Checks::index)
                        .orElseGet(() -> Finding.degraded("no embedding model"));
        return table.embeddings().settled() || finding.state() == State.DOWN
                ? finding
                : Finding.degraded("search goes by " + table.embeddings().described())
                        .with(finding.figures());
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

    private static Finding index(Follower follower) {
        Standing standing = follower.standing();
        return finding(standing)
                .with(
                        Map.of(
                                "chunks",
                                follower.count(),
                                "appliedThrough",
                                standing.applied(),
                                "behind",
                                behind(standing)));
    }

    /** An index that lacks a part of what there is would answer as if that part did not exist. */
    static Finding finding(Standing standing) {
        if (!standing.complete()) {
            return new Finding(
                    State.DOWN,
                    "is being filled; " + behind(standing) + " changes to go",
                    Map.of());
        }
        return switch (standing.state()) {
            case FOLLOWING ->
                    standing.unfit() == 0
                            ? Finding.ok("up to date")
                            : Finding.degraded(
                                    standing.unfit()
                                            + " document versions cannot be taken; the log names them");
            case BEHIND -> Finding.degraded(behind(standing) + " changes behind");
            case FAILING -> Finding.degraded("cannot be brought up to date");
            case STOPPED ->
                    new Finding(State.DOWN, "is no longer brought up to date; restart", Map.of());
        };
    }

    private static long behind(Standing standing) {
        return Math.max(0, standing.head() - standing.applied());
    }
}
