package dev.ibid.extraction;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * The processes that exist: started on demand, reused, replaced after their share, ended when idle.
 */
final class ParserPool implements AutoCloseable {

    private static final Duration START = Duration.ofSeconds(30);

    private record Idle(ParserProcess process, Future<?> end) {}

    private final ParserSettings settings;
    private final ScheduledExecutorService clock;
    private final Deque<Idle> idle = new ArrayDeque<>();
    private final Set<ParserProcess> all = new HashSet<>();
    private boolean closed;

    ParserPool(ParserSettings settings, ScheduledExecutorService clock) {
        this.settings = settings;
        this.clock = clock;
    }

    /** A process that takes a request: the one used last, or a new one. */
    ParserProcess obtain() throws IOException {
        ParserProcess waiting = pollIdle();
        return waiting == null ? start() : waiting;
    }

    void giveBack(ParserProcess process) {
        if (!keep(process)) {
            end(process);
        }
    }

    synchronized Set<Long> pids() {
        Set<Long> pids = new HashSet<>();
        all.forEach(process -> pids.add(process.pid()));
        return pids;
    }

    @Override
    public void close() {
        List<ParserProcess> last;
        synchronized (this) {
            closed = true;
            last = List.copyOf(all);
            all.clear();
            idle.clear();
        }
        last.forEach(ParserProcess::kill);
        last.forEach(ParserProcess::close);
    }

    private synchronized @Nullable ParserProcess pollIdle() {
        while (!idle.isEmpty()) {
            Idle next = idle.pop();
            next.end().cancel(false);
            if (next.process().isSound()) {
                return next.process();
            }
            all.remove(next.process());
            next.process().close();
        }
        return null;
    }

    private ParserProcess start() throws IOException {
        ParserProcess process = ParserProcess.start(settings);
        Future<?> late = clock.schedule(process::kill, START.toMillis(), TimeUnit.MILLISECONDS);
        try {
            register(process);
            process.awaitReady();
            return process;
        } catch (IOException e) {
            end(process);
            throw e;
        } finally {
            late.cancel(false);
        }
    }

    private synchronized void register(ParserProcess process) throws IOException {
        if (closed) {
            throw new IOException("the parser is closed");
        }
        all.add(process);
    }

    private synchronized boolean keep(ParserProcess process) {
        if (closed
                || !process.isSound()
                || process.documents() >= settings.processes().documents()) {
            return false;
        }
        Future<?> end =
                clock.schedule(
                        () -> endIdle(process),
                        settings.processes().idle().toMillis(),
                        TimeUnit.MILLISECONDS);
        idle.push(new Idle(process, end));
        return true;
    }

    private void endIdle(ParserProcess process) {
        boolean waiting;
        synchronized (this) {
            waiting = idle.removeIf(each -> each.process() == process);
        }
        if (waiting) {
            end(process);
        }
    }

    private void end(ParserProcess process) {
        process.close();
        synchronized (this) {
            all.remove(process);
        }
    }
}
