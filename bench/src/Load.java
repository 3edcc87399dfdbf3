import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.PoolOptions;

import java.net.URI;
import java.util.List;

/** Measures Ibid and the bare proxy one after the other and prints the table. */
final class Load {

    /** Enough for the compilers to have seen the code. */
    private static final int WARM_UP_ROUNDS = 2;

    private static final int WARM_UP_TOKENS = 40;

    private final Vertx vertx =
            Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1).setPreferNativeTransport(true));
    private final HttpClient client =
            vertx.createHttpClient(new PoolOptions().setHttp1MaxSize(5000));
    private final int streams;
    private final int tokens;

    private Load(int streams, int tokens) {
        this.streams = streams;
        this.tokens = tokens;
    }

    /** Ibid's address and process, the proxy's address and process, streams, tokens. */
    public static void main(String... arguments) {
        Target ibid = Target.Ibid.at(URI.create(arguments[0]), Long.parseLong(arguments[1]));
        Target bare = new Target.Bare(URI.create(arguments[2]), Long.parseLong(arguments[3]));
        Load load = new Load(Integer.parseInt(arguments[4]), Integer.parseInt(arguments[5]));
        try {
            System.exit(load.compare(List.of(ibid, bare)) ? 0 : 1);
        } catch (IllegalStateException failed) {
            System.err.println(failed.getMessage());
            System.exit(1);
        }
    }

    private boolean compare(List<Target> targets) {
        for (int round = 0; round < WARM_UP_ROUNDS; round++) {
            targets.forEach(target -> run(target, WARM_UP_TOKENS));
        }
        System.out.println(
                "| | streams | tokens | errors | first token ms p50 / p99 | gap ms p50 / p99 / max"
                        + " | CPU s | CPU µs a token |");
        System.out.println("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |");
        List<Double> costs = targets.stream().map(this::cost).toList();
        double ratio = costs.get(0) / costs.get(1);
        System.out.printf("%nA token costs %.2f times what it costs the bare proxy.%n", ratio);
        return ratio <= 1.5;
    }

    /**
     * CPU microseconds of a token. Answers four times as long are what it is read from: of the
     * usual ones the first may have ended before the last has begun.
     */
    private double cost(Target target) {
        List<Run.Result> results =
                List.of(run(target, 1), run(target, tokens), run(target, 4 * tokens));
        results.forEach(result -> print(target, result));
        if (results.stream().anyMatch(result -> result.errors() > 0)) {
            throw new IllegalStateException("there were errors");
        }
        return results.getLast().tokenMicros();
    }

    private Run.Result run(Target target, int tokensOfEach) {
        return new Run(vertx, client, target, streams, tokensOfEach).measure();
    }

    private static void print(Target target, Run.Result result) {
        System.out.printf(
                "| %s | %d | %d | %d | %d / %d | %d / %d / %d | %.2f | %.1f |%n",
                target.name(),
                result.streams(),
                result.tokens(),
                result.errors(),
                Run.Result.at(result.firsts(), .5),
                Run.Result.at(result.firsts(), .99),
                Run.Result.at(result.gaps(), .5),
                Run.Result.at(result.gaps(), .99),
                Run.Result.at(result.gaps(), 1),
                result.cpuSeconds(),
                result.tokenMicros());
    }
}
