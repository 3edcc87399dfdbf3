package dev.ibid.ingestion;

import dev.ibid.ingestion.Jobs.Lease;
import dev.ibid.ingestion.Jobs.Room;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Who may take this process's workers: one person never all of them, so that somebody else's file
 * finds one free; and only one large document before its text is split, so that two do not fill the
 * heap. What may not be worked on now is not leased, and so waits where others can overtake it.
 */
final class Turns {

    private final Jobs jobs;
    private final int mostOfOnePerson;
    private final Map<UUID, Integer> atWork = new HashMap<>();
    private boolean aloneTaken;

    Turns(Jobs jobs, int workers) {
        this.jobs = jobs;
        this.mostOfOnePerson = workers - 1;
    }

    /** A job under way. */
    final class Turn implements AutoCloseable {

        private final Lease lease;
        private boolean alone;

        private Turn(Lease lease) {
            this.lease = lease;
            this.alone = lease.isLarge() || lease.isSuspect();
        }

        Lease lease() {
            return lease;
        }

        /** Lets the next large document in: the text of this one is no longer in memory. */
        void textIsGone() {
            if (!lease.isSuspect()) {
                leave(this);
            }
        }

        @Override
        public void close() {
            leave(this);
            done(lease.userId());
        }
    }

    /** One worker asks at a time, so that two do not take the same place. */
    synchronized Optional<Turn> next(Duration duration) {
        Optional<Lease> lease = jobs.lease(duration, new Room(heldBack(), !aloneTaken));
        return lease.map(this::begun);
    }

    private Turn begun(Lease lease) {
        Turn turn = new Turn(lease);
        aloneTaken |= turn.alone;
        atWork.merge(lease.userId(), 1, Integer::sum);
        return turn;
    }

    private Set<UUID> heldBack() {
        Set<UUID> heldBack = new HashSet<>();
        atWork.forEach((user, jobs) -> {
            if (jobs >= mostOfOnePerson) {
                heldBack.add(user);
            }
        });
        return heldBack;
    }

    private synchronized void leave(Turn turn) {
        if (turn.alone) {
            turn.alone = false;
            aloneTaken = false;
        }
    }

    private synchronized void done(UUID user) {
        atWork.computeIfPresent(user, (id, jobs) -> jobs > 1 ? jobs - 1 : null);
    }
}
