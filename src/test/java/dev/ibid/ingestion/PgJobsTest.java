package dev.ibid.ingestion;

import static dev.ibid.ingestion.QueueHall.MINUTE;
import static dev.ibid.ingestion.QueueHall.ROOM;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ibid.extraction.ExtractedText;
import dev.ibid.ingestion.Jobs.Lease;
import dev.ibid.ingestion.Jobs.Room;
import dev.ibid.ingestion.Jobs.Trouble;
import dev.ibid.knowledge.EmbeddedChunk;
import dev.ibid.store.postgres.Database;
import dev.ibid.store.postgres.PgCheckpoints;
import dev.ibid.store.postgres.PgJobs;
import dev.ibid.testing.TestDatabase;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;

class PgJobsTest {

    private static final Database DATABASE = TestDatabase.fresh();
    private static final long MIB = 1 << 20;

    private final Jobs jobs = new PgJobs(DATABASE);
    private final Checkpoints checkpoints = new PgCheckpoints(DATABASE);
    private final QueueHall hall = new QueueHall(DATABASE);
    private final UUID ada = hall.person();
    private final UUID eve = hall.person();

    @BeforeEach
    void emptyTheQueue() {
        hall.empty();
    }

    @AfterAll
    static void closes() {
        DATABASE.close();
    }

    @Test
    void peopleTakeTurns() {
        hall.upload(ada, 10);
        hall.upload(ada, 10);
        UUID hers = hall.upload(eve, 1000);
        Lease first = lease(ROOM);

        Lease second = lease(ROOM);

        assertThat(first.userId()).isEqualTo(ada);
        assertThat(second.documentId()).isEqualTo(hers);
    }

    @Test
    void smallFilesOvertakeLargeOnes() {
        hall.upload(ada, MIB);
        UUID small = hall.upload(ada, 10);

        assertThat(lease(ROOM).documentId()).isEqualTo(small);
    }

    @Test
    void passesOverWhoeverHasHisShare() {
        hall.upload(ada, 10);
        UUID hers = hall.upload(eve, 1000);

        Room room = new Room(Set.of(ada), true);

        assertThat(lease(room).documentId()).isEqualTo(hers);
        assertThat(jobs.lease(MINUTE, room)).isEmpty();
    }

    @Test
    void passesOverLargeFilesWhileThereIsNoRoomForThem() {
        hall.upload(ada, MIB);
        UUID small = hall.upload(ada, MIB - 1);
        Room room = new Room(Set.of(), false);

        assertThat(lease(room).documentId()).isEqualTo(small);
        assertThat(jobs.lease(MINUTE, room)).isEmpty();
        assertThat(lease(ROOM).isLarge()).isTrue();
    }

    @Test
    void countsAttemptsThatEndWithoutAWord() {
        hall.upload(ada, 10);

        for (int attempt = 1; attempt <= 4; attempt++) {
            assertThat(lease(ROOM).attempts()).isEqualTo(attempt);
            hall.letLeasesRunOut();
        }
    }

    @Test
    void worksOnASuspectAloneAndLast() {
        UUID suspect = hall.upload(ada, 10);
        for (int attempt = 1; attempt <= Jobs.TRUSTED_ATTEMPTS; attempt++) {
            assertThat(lease(ROOM).isSuspect()).isFalse();
            hall.letLeasesRunOut();
        }
        UUID innocent = hall.upload(ada, 1000);

        assertThat(jobs.lease(MINUTE, new Room(Set.of(), false)).orElseThrow().documentId())
                .isEqualTo(innocent);
        assertThat(jobs.lease(MINUTE, new Room(Set.of(), false))).isEmpty();
        Lease last = lease(ROOM);
        assertThat(last.documentId()).isEqualTo(suspect);
        assertThat(last.isSuspect()).isTrue();
    }

    @Test
    void forgivesWhatWentWrongBeforeACheckpoint() {
        hall.upload(ada, 10);
        Lease lease = lease(ROOM);
        jobs.retryAfter(lease, Trouble.NEIGHBOUR, Duration.ZERO);
        hall.letRestsEnd();
        Lease again = lease(ROOM);

        checkpoints.keepText(again, new ExtractedText("A word.", List.of(), null));

        assertThat(jobs.history(again)).isEqualTo(new Jobs.History(0, 0, 0, Duration.ZERO));
        hall.letLeasesRunOut();
        assertThat(lease(ROOM).attempts()).isEqualTo(1);
    }

    @Test
    void progressForgivesNothing() {
        hall.upload(ada, 10);
        Lease lease = lease(ROOM);

        checkpoints.progress(lease, Stage.PARSING, 1, 2);

        hall.letLeasesRunOut();
        assertThat(lease(ROOM).attempts()).isEqualTo(2);
    }

    @Test
    void countsEachKindOfTroubleByItself() {
        hall.upload(ada, 10);
        for (Trouble trouble : List.of(Trouble.CRASH, Trouble.DEFECT, Trouble.NEIGHBOUR)) {
            jobs.retryAfter(lease(ROOM), trouble, Duration.ZERO);
            hall.letRestsEnd();
        }
        hall.haveFailedSince(Duration.ofMinutes(40));

        Lease lease = lease(ROOM);
        Jobs.History history = jobs.history(lease);

        assertThat(lease.attempts()).isEqualTo(1);
        assertThat(history.troubles()).isEqualTo(3);
        assertThat(history.crashes()).isEqualTo(1);
        assertThat(history.defects()).isEqualTo(1);
        assertThat(history.away()).isBetween(Duration.ofMinutes(40), Duration.ofMinutes(41));
    }

    @Test
    void aReleasedJobIsThereForAnybodyAtOnce() {
        hall.upload(ada, 10);
        Lease lease = lease(ROOM);

        jobs.release(lease);

        Lease next = lease(ROOM);
        assertThat(next.documentId()).isEqualTo(lease.documentId());
        assertThat(next.attempts()).isEqualTo(1);
        assertThatThrownBy(() -> jobs.release(lease)).isInstanceOf(Jobs.LeaseLost.class);
    }

    @Test
    void aFileWithALargeTextComesAgainAsALargeOne() {
        hall.upload(ada, 10);
        Lease lease = lease(ROOM);

        jobs.releaseAs(lease, 2 * MIB);

        assertThat(jobs.lease(MINUTE, new Room(Set.of(), false))).isEmpty();
        assertThat(lease(ROOM).isLarge()).isTrue();
    }

    @Test
    void chunksAreCompleteWithTheLastSlice() {
        hall.upload(ada, 10);
        Lease lease = lease(ROOM);

        checkpoints.keepChunks(lease, 1, List.of(QueueHall.chunk(lease, 0, "one")), 2);
        assertThat(checkpoints.chunks(lease, 1)).isEmpty();
        checkpoints.keepChunks(lease, 1, List.of(QueueHall.chunk(lease, 1, "two")), 2);

        assertThat(checkpoints.chunks(lease, 1)).contains(2);
        assertThat(checkpoints.chunks(lease, 2)).as("of another splitter").isEmpty();
    }

    @Test
    void theFirstSliceReplacesWhatWasKeptBeforeWithItsVectors() {
        UUID document = hall.upload(ada, 10);
        Lease lease = lease(ROOM);
        var old = List.of(QueueHall.chunk(lease, 0, "old"), QueueHall.chunk(lease, 1, "older"));
        checkpoints.keepChunks(lease, 1, old, 2);
        checkpoints.keepVectors(
                lease,
                "test",
                old.stream().map(chunk -> new EmbeddedChunk(chunk, new float[] {1})).toList(),
                2,
                2);

        checkpoints.keepChunks(lease, 1, List.of(QueueHall.chunk(lease, 0, "new")), 1);

        assertThat(checkpoints.nextWithoutVector(lease, "test", 0, 10))
                .extracting("text")
                .containsExactly("new");
        assertThat(hall.vectors(document)).isZero();
    }

    @Test
    void aDocumentWithoutChunksIsCompleteToo() {
        hall.upload(ada, 10);
        Lease lease = lease(ROOM);

        checkpoints.keepChunks(lease, 1, List.of(), 0);

        assertThat(checkpoints.chunks(lease, 1)).contains(0);
    }

    private Lease lease(Room room) {
        return jobs.lease(MINUTE, room).orElseThrow();
    }
}
