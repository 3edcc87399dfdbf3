package dev.ibid.knowledge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ibid.knowledge.IndexTask.Kind;
import dev.ibid.knowledge.IndexTask.State;
import dev.ibid.store.lucene.LuceneLexicalIndex;
import dev.ibid.store.postgres.Database;
import dev.ibid.store.postgres.PgContents;
import dev.ibid.store.postgres.PgIndexTasks;
import dev.ibid.testing.TestDatabase;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;

class IndexWorkTest {

    private static final Duration NEVER = Duration.ofDays(1);
    private static final Chunk ORPHAN = Chunks.chunk("c", "never heard of", "whale");

    @TempDir private Path folder;

    private final Database database = TestDatabase.fresh();
    private final IndexTasks tasks = new PgIndexTasks(database);
    private LexicalIndex words;
    private Follower follower;
    private Healing healing;

    @BeforeEach
    void opens() {
        Contents contents = new PgContents(database);
        words = new LuceneLexicalIndex(folder.resolve("words"), Chunks.HERE);
        follower = new Follower(Copy.ofWords(contents, words));
        healing = new Healing(contents, () -> List.of(follower), Optional::empty);
        words.upsert(List.of(ORPHAN));
        words.commit(0);
    }

    @AfterEach
    void closes() {
        follower.close();
        words.close();
        database.close();
    }

    @Test
    void doesWhatIsAskedForAndKeepsTheReport() {
        IndexTask asked = tasks.request(Kind.VERIFY);

        try (IndexWork work = new IndexWork(tasks, healing, progress -> {}, NEVER, NEVER)) {
            work.start();

            IndexTask ended = ended(asked.id());
            assertThat(asked.state()).isEqualTo(State.WAITING);
            assertThat(ended.state()).isEqualTo(State.DONE);
            assertThat(ended.report().indexes())
                    .containsExactly(new IndexReport.Found("lexical", 0, 0, 1, 0));
        }
    }

    @Test
    void goesOnWithATaskThatAnotherProcessHadBegun() {
        IndexTask begun = tasks.request(Kind.REBUILD);
        tasks.begin();

        try (IndexWork work = new IndexWork(tasks, healing, progress -> {}, NEVER, NEVER)) {
            work.start();

            assertThat(ended(begun.id()).state()).isEqualTo(State.DONE);
        }
    }

    @Test
    void verifiesByItself() {
        try (IndexWork work =
                new IndexWork(tasks, healing, progress -> {}, Duration.ofMillis(1), NEVER)) {
            work.start();

            await().until(() -> words.count() == 0);
        }
    }

    @Test
    void saysInWordsWhyATaskFailedAndDoesTheNext() {
        AtomicBoolean out = new AtomicBoolean(true);
        Follower failing =
                new Follower(Copy.ofWords(new PgContents(database), new Unsteady(words, out)));
        Healing failed =
                new Healing(new PgContents(database), () -> List.of(failing), Optional::empty);
        IndexTask first = tasks.request(Kind.VERIFY);

        try (IndexWork work = new IndexWork(tasks, failed, progress -> {}, NEVER, NEVER)) {
            work.start();

            IndexTask ended = ended(first.id());
            out.set(false);
            IndexTask second = tasks.request(Kind.VERIFY);
            assertThat(ended.state()).isEqualTo(State.FAILED);
            assertThat(ended.failure()).isEqualTo("out");
            assertThat(second.id()).isNotEqualTo(first.id());
            assertThat(ended(second.id()).state()).isEqualTo(State.DONE);
        }
    }

    @Test
    void givesTheTaskThatHasNotEndedToWhoeverAsksForTheSame() {
        IndexTask first = tasks.request(Kind.VERIFY);

        assertThat(tasks.request(Kind.VERIFY).id()).isEqualTo(first.id());
        assertThat(tasks.request(Kind.REBUILD).id()).isNotEqualTo(first.id());
        assertThat(tasks.find(UUID.randomUUID())).isEmpty();
        tasks.begin();
        tasks.progress(first.id(), 3, 7);
        assertThat(tasks.find(first.id()).orElseThrow().done()).isEqualTo(3);
        assertThat(tasks.find(first.id()).orElseThrow().state()).isEqualTo(State.RUNNING);
    }

    private IndexTask ended(UUID id) {
        return await().atMost(Duration.ofSeconds(20))
                .until(() -> tasks.find(id).orElseThrow(), task -> task.endedAt() != null);
    }
}
