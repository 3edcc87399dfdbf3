package dev.ibid.knowledge;

import java.util.ArrayList;
import java.util.List;

/**
 * Those who keep the indexes up to date, one of each name; one may take the place of another while
 * they are at work.
 */
public final class Followers implements AutoCloseable {

    private final List<Follower> all = new ArrayList<>();
    private boolean started;
    private boolean closed;

    public synchronized List<Follower> now() {
        return List.copyOf(all);
    }

    /**
     * Adds one, which starts with the others. The one that had its name until now is left to the
     * caller.
     */
    public synchronized void put(Follower follower) {
        all.removeIf(other -> other.name().equals(follower.name()));
        all.add(follower);
        if (started && !closed) {
            follower.start();
        }
    }

    /** Lets one that is at work already take the place of the one that had its name until now. */
    public synchronized void replace(Follower working) {
        all.removeIf(other -> other.name().equals(working.name()));
        all.add(working);
    }

    public synchronized void start() {
        started = true;
        all.forEach(Follower::start);
    }

    /** Says that the log may have grown. */
    public void wake() {
        now().forEach(Follower::wake);
    }

    @Override
    public void close() {
        synchronized (this) {
            closed = true;
        }
        now().reversed().forEach(Follower::close);
    }
}
