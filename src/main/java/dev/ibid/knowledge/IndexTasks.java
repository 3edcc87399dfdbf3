package dev.ibid.knowledge;

import java.util.Optional;
import java.util.UUID;

/** The work on the indexes that was asked for, and what became of it. */
public interface IndexTasks {

    /** A task of this kind: the one that has not ended yet, or else a new one. */
    IndexTask request(IndexTask.Kind kind);

    Optional<IndexTask> find(UUID id);

    /**
     * The oldest task that has not ended, and has now begun; also one that a process began that
     * died.
     */
    Optional<IndexTask> begin();

    void progress(UUID id, int done, int total);

    void end(UUID id, IndexReport report);

    /**
     * @param why for whoever asked for it
     */
    void fail(UUID id, String why);
}
