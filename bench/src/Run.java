import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;

/** Some streams at once against one target, begun evenly over a second. */
final class Run {

    private static final double TICKS_A_SECOND = 100;

    private final Vertx vertx;
    private final HttpClient client;
    private final Target target;
    private final int streams;
    private final int tokens;
    private final CountDownLatch open;
    private final LongStream.Builder firsts = LongStream.builder();
    private final LongStream.Builder gaps = LongStream.builder();
    private final Map<String, Integer> errors = new TreeMap<>();
    private int underWay;
    private long seen;
    private @Nullable Moment allBegun;
    private @Nullable Moment firstEnded;

    Run(Vertx vertx, HttpClient client, Target target, int streams, int tokens) {
        this.vertx = vertx;
        this.client = client;
        this.target = target;
        this.streams = streams;
        this.tokens = tokens;
        this.open = new CountDownLatch(streams);
    }

    /** What the target had used, and what had been read, at some moment. */
    private record Moment(double cpuSeconds, long tokens) {}

    /**
     * What came of it.
     *
     * @param cpuSeconds of the target's process, user and system
     * @param tokenMicros CPU microseconds of a token while all streams were under way; NaN if they
     *     never were
     * @param firsts milliseconds to the first token, in order of size
     * @param gaps milliseconds between packets with tokens, in order of size
     */
    record Result(
            int streams,
            int tokens,
            int errors,
            double cpuSeconds,
            double tokenMicros,
            long[] firsts,
            long[] gaps) {

        static long at(long[] sorted, double share) {
            return sorted.length == 0 ? -1 : sorted[(int) ((sorted.length - 1) * share)];
        }
    }

    Result measure() {
        double before = cpuSeconds(target.pid());
        for (int stream = 0; stream < streams; stream++) {
            int number = stream;
            vertx.setTimer(1 + stream * 1000L / streams, due -> begin(number));
        }
        await();
        double cpu = cpuSeconds(target.pid()) - before;
        errors.forEach((trouble, times) -> System.err.println(times + " times " + trouble));
        int failed = errors.values().stream().mapToInt(Integer::intValue).sum();
        return new Result(
                streams, tokens, failed, cpu, tokenMicros(), sorted(firsts), sorted(gaps));
    }

    private double tokenMicros() {
        Moment from = allBegun;
        Moment to = firstEnded;
        return from == null || to == null || to.tokens() <= from.tokens()
                ? Double.NaN
                : (to.cpuSeconds() - from.cpuSeconds()) * 1e6 / (to.tokens() - from.tokens());
    }

    private Moment now() {
        return new Moment(cpuSeconds(target.pid()), seen);
    }

    private void await() {
        try {
            if (!open.await(5, TimeUnit.MINUTES)) {
                throw new IllegalStateException(open.getCount() + " streams did not end");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    private void begin(int stream) {
        Reading reading = new Reading();
        client.request(
                        HttpMethod.POST,
                        target.uri().getPort(),
                        target.uri().getHost(),
                        target.path())
                .compose(request -> ask(request, stream))
                .compose(reading::follow)
                .onComplete(ended -> {
                    if (ended.failed() || !reading.isWhole()) {
                        errors.merge(reading.trouble(ended.cause()), 1, Integer::sum);
                    }
                    firstEnded = firstEnded == null ? now() : firstEnded;
                    open.countDown();
                });
    }

    private Future<HttpClientResponse> ask(HttpClientRequest request, int stream) {
        request.putHeader("Content-Type", "application/json");
        return request.send(target.body(request, stream, tokens));
    }

    /** One stream. All of them live on one event loop. */
    private final class Reading {

        private final Marks tokensSeen = new Marks(target.tokenMark());
        private final Marks endSeen = new Marks(target.endMark());
        private final long begun = System.nanoTime();
        private long last;

        Future<Void> follow(HttpClientResponse response) {
            if (response.statusCode() != 200) {
                return Future.failedFuture("status " + response.statusCode());
            }
            response.handler(this::read);
            return response.end();
        }

        private void read(Buffer packet) {
            endSeen.in(packet);
            int tokensRead = tokensSeen.in(packet);
            if (tokensRead == 0) {
                return;
            }
            seen += tokensRead;
            if (last == 0 && ++underWay == streams) {
                allBegun = now();
            }
            long now = System.nanoTime();
            (last == 0 ? firsts : gaps).add((now - (last == 0 ? begun : last)) / 1_000_000);
            last = now;
        }

        String trouble(@Nullable Throwable cause) {
            return cause == null
                    ? tokensSeen.count() + " tokens, " + endSeen.count() + " ends"
                    : cause.toString();
        }

        boolean isWhole() {
            return tokensSeen.count() == tokens && endSeen.count() == 1;
        }
    }

    private static long[] sorted(LongStream.Builder values) {
        long[] sorted = values.build().toArray();
        Arrays.sort(sorted);
        return sorted;
    }

    /** From the 14th and 15th field of {@code /proc/PID/stat}; see proc(5). */
    private static double cpuSeconds(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc", String.valueOf(pid), "stat"));
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS_A_SECOND;
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }
}
