package dev.ibid.chat;

import dev.ibid.http.EventLog;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * An answer while it is being written: what is written goes through the check of its citations into
 * the event log, on the writer's thread. It can be stopped from any thread; what was held back in
 * case it became a marker is then still added at its end, and nothing else.
 */
public final class Draft {

    private final EventLog log;
    private final ChatMeters meters;
    private final long begunAt = System.nanoTime();
    private final StringBuilder text = new StringBuilder();
    private final List<Citation> citations = new ArrayList<>();
    private final List<Runnable> whenStopped = new ArrayList<>();
    private @Nullable CitationCheck check;
    private boolean stopped;
    private boolean ended;

    Draft(EventLog log, ChatMeters meters) {
        this.log = log;
        this.meters = meters;
    }

    /** Says what may be cited; to be called once, before anything is written. */
    synchronized void citing(Sources sources) {
        check = new CitationCheck(sources, new Writer());
    }

    /** Adds to the answer. Does not block, and may be called on an event loop. */
    public synchronized void write(String delta) {
        if (!stopped && !ended) {
            checked().write(delta);
        }
    }

    /** The answer is whole, or as whole as it gets. */
    synchronized void end() {
        if (!ended && check != null) {
            check.end();
        }
        ended = true;
    }

    /** Lets go of what only the writing needed: the answer may be kept for replays for an hour. */
    synchronized void forgetSources() {
        ended = true;
        check = null;
        whenStopped.clear();
    }

    /** Ends the writing; what is there stays. False if it had ended before. */
    boolean stop() {
        List<Runnable> told;
        synchronized (this) {
            if (stopped || ended) {
                return false;
            }
            stopped = true;
            told = List.copyOf(whenStopped);
        }
        told.forEach(Runnable::run);
        return true;
    }

    /**
     * @param told on the thread that stops, so it must not block; at once if the draft was stopped
     *     already
     */
    void whenStopped(Runnable told) {
        synchronized (this) {
            if (!stopped) {
                whenStopped.add(told);
                return;
            }
        }
        told.run();
    }

    synchronized boolean isStopped() {
        return stopped;
    }

    synchronized String text() {
        return text.toString();
    }

    synchronized List<Citation> citations() {
        return List.copyOf(citations);
    }

    private CitationCheck checked() {
        if (check == null) {
            throw new IllegalStateException(
                    "an answer must say what it cites before it is written");
        }
        return check;
    }

    private final class Writer implements CitationCheck.Reader {

        @Override
        public void text(String delta) {
            if (text.isEmpty()) {
                meters.firstToken(System.nanoTime() - begunAt);
            }
            text.append(delta);
            log.append("delta", Map.of("text", delta));
        }

        @Override
        public void cited(Citation citation) {
            citations.add(citation);
            meters.cited();
            log.append("citation", citation);
        }

        @Override
        public void refused(CitationCheck.Refusal refusal) {
            meters.refused(refusal);
        }
    }
}
