package dev.ibid.knowledge;

import dev.ibid.knowledge.Copy.Difference;
import dev.ibid.knowledge.IndexReport.Found;
import dev.ibid.knowledge.MissingVectors.Made;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Holds the indexes against what they are copies of and repairs them both ways: what is missing is
 * taken, what is left over is dropped. No file is parsed for it, and questions are answered all the
 * while.
 */
public final class Healing {

    private static final int VERSIONS_A_COMMIT = 16;

    private final Contents contents;
    private final Supplier<List<Follower>> all;
    private final Supplier<Optional<MissingVectors>> vectors;

    /**
     * @param vectors those of the model that answers; empty while none does
     */
    public Healing(
            Contents contents,
            Supplier<List<Follower>> all,
            Supplier<Optional<MissingVectors>> vectors) {
        this.contents = contents;
        this.all = all;
        this.vectors = vectors;
    }

    private Made make(WorkProgress progress) {
        return vectors.get().map(missing -> missing.make(progress)).orElse(new Made(0, 0));
    }

    /** Repairs what differs and leaves the rest alone. */
    public IndexReport verify(WorkProgress progress) {
        Made made = make(progress);
        return verify(0, made, progress);
    }

    /**
     * Writes every version into each index anew, one after the other, so that it can be found all
     * along; then drops what does not belong there.
     */
    public IndexReport rebuild(WorkProgress progress) {
        Made made = make(progress);
        List<Follower> followers = all.get();
        List<DocumentVersion> versions = contents.activeVersions();
        int total = versions.size() * followers.size();
        int done = 0;
        for (Follower follower : followers) {
            for (DocumentVersion version : versions) {
                follower.retake(version);
                done++;
                if (done % VERSIONS_A_COMMIT == 0) {
                    follower.commit();
                }
                progress.reached(done, total);
            }
            follower.commit();
        }
        return verify(versions.size(), made, progress);
    }

    private IndexReport verify(int rewritten, Made made, WorkProgress progress) {
        List<Follower> followers = all.get();
        List<DocumentVersion> active = contents.activeVersions();
        List<Found> found = new ArrayList<>();
        for (int at = 0; at < followers.size(); at++) {
            Set<DocumentVersion> versions = new LinkedHashSet<>(active);
            versions.addAll(followers.get(at).copy().index().versions());
            found.add(verify(followers.get(at), versions, at * versions.size(), progress));
        }
        return new IndexReport(active.size(), rewritten, made.missing(), made.made(), found);
    }

    /**
     * @param before how much was done in other indexes
     */
    private Found verify(
            Follower follower, Set<DocumentVersion> versions, int before, WorkProgress progress) {
        int missing = 0;
        int orphaned = 0;
        int done = before;
        for (DocumentVersion version : versions) {
            Difference difference = follower.repair(version);
            missing += difference.missing();
            orphaned += difference.orphaned();
            done++;
            progress.reached(done, versions.size() * all.get().size());
        }
        return new Found(
                follower.name(), follower.count(), missing, orphaned, follower.standing().unfit());
    }
}
