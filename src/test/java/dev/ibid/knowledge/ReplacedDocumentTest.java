package dev.ibid.knowledge;

import static dev.ibid.knowledge.Chunks.vector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ibid.auth.Caller;
import dev.ibid.store.lucene.LuceneLexicalIndex;
import dev.ibid.store.lucene.LuceneVectorIndex;
import dev.ibid.store.postgres.Database;
import dev.ibid.store.postgres.PgLibrary;
import dev.ibid.testing.TestDatabase;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** A reader's searches while somebody else replaces the document that answers. */
class ReplacedDocumentTest {

    private static final int DIMENSION = 8;
    private static final String OLD = "Songs of the blue whale, as of old";
    private static final String NEW = "Songs of the blue whale, as of now";

    @TempDir private Path folder;

    private final Database database = TestDatabase.fresh();
    private final Library library = new PgLibrary(database);
    private final Shelf shelf = new Shelf(database, (text, n) -> vector(DIMENSION, 1, .1));
    private final Caller owner = shelf.person("ada");
    private final Caller reader = shelf.person("eve");
    private final UUID papers = shelf.collection(owner);
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private LexicalIndex words;
    private VectorIndex vectors;
    private List<Follower> heldBack;
    private UUID document;

    /** The indexes hold the first version, and those who would tell them of the second wait. */
    @BeforeEach
    void opens() {
        words = new LuceneLexicalIndex(folder.resolve("words"), Chunks.HERE);
        vectors = new LuceneVectorIndex(folder.resolve("vectors"), Chunks.HERE, DIMENSION);
        shelf.share(papers, reader);
        document = shelf.document(papers, owner, List.of(OLD));
        List<Follower> followers = followers();
        followers.forEach(Follower::start);
        followers.forEach(
                follower -> follower.awaitApplied(library.lastChange(), Duration.ofSeconds(20)));
        followers.forEach(Follower::close);
        heldBack = followers();
    }

    @AfterEach
    void closes() {
        threads.close();
        heldBack.forEach(Follower::close);
        vectors.close();
        words.close();
        database.close();
    }

    @Test
    void theNewVersionIsWaitedForWhereTheIndexesHoldTheOldOne() throws Exception {
        shelf.replace(papers, document, 2, owner, List.of(NEW));

        Future<List<String>> found = threads.submit(this::found);
        await().during(Duration.ofMillis(300)).until(() -> !found.isDone());
        heldBack.forEach(Follower::start);

        assertThat(found.get()).containsExactly(NEW);
    }

    @Test
    void theOldVersionAnswersAtOnceUntilItIsReplaced() throws Exception {
        assertThat(threads.submit(this::found).get()).containsExactly(OLD);
    }

    @Test
    void anIndexThatDoesNotComeUpToDateIsNotWaitedForLong() throws Exception {
        shelf.replace(papers, document, 2, owner, List.of(NEW));
        long begun = System.nanoTime();

        List<String> found = threads.submit(this::found).get();

        assertThat(found).isEmpty();
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(5));
    }

    private List<Follower> followers() {
        return List.of(
                new Follower(library, Copy.ofWords(library, words)),
                new Follower(library, Copy.ofVectors(library, vectors, Shelf.FINGERPRINT)));
    }

    private List<String> found() {
        Retrieval retrieval =
                new Retrieval(
                        library,
                        words,
                        new Retrieval.Dense(
                                vectors,
                                query -> vector(DIMENSION, 1, 0),
                                DenseWeight.englishOnly()),
                        heldBack,
                        new SimpleMeterRegistry());
        return retrieval
                .search(reader, new SearchRequest("blue whale", 10, null, Set.of(), Set.of()))
                .passages()
                .stream()
                .map(passage -> passage.chunk().text())
                .toList();
    }
}
