package dev.ibid.knowledge;

import static dev.ibid.knowledge.Chunks.vector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ibid.auth.Caller;
import dev.ibid.knowledge.Standing.State;
import dev.ibid.store.lucene.LuceneLexicalIndex;
import dev.ibid.store.lucene.LuceneVectorIndex;
import dev.ibid.store.postgres.Database;
import dev.ibid.store.postgres.PgContents;
import dev.ibid.store.postgres.PgLibrary;
import dev.ibid.testing.TestDatabase;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.Stream;

class FollowerTest {

    private static final Duration LONG = Duration.ofSeconds(20);

    @TempDir private Path folder;

    private final Database database = TestDatabase.fresh();
    private final Library library = new PgLibrary(database);
    private final Contents contents = new PgContents(database);
    private final Shelf shelf = new Shelf(database, (text, ordinal) -> vector(4, 1, .5));
    private final Caller ada = shelf.person("ada");
    private final UUID papers = shelf.collection(ada);
    private final Scope scope = new Scope(Set.of(papers), Set.of());

    @AfterEach
    void closes() {
        database.close();
    }

    @Test
    void bringsWordsAndVectorsUpToTheLog() {
        try (LexicalIndex words = words();
                VectorIndex vectors =
                        new LuceneVectorIndex(folder.resolve("vectors"), Chunks.HERE, 4);
                Follower ofWords = following(Copy.ofWords(contents, words));
                Follower ofVectors =
                        following(Copy.ofVectors(contents, vectors, Shelf.FINGERPRINT))) {
            shelf.document(papers, ada, List.of("whale songs", "whale tails"));

            assertThat(ofWords.awaitApplied(library.lastChange(), LONG)).isTrue();
            assertThat(ofVectors.awaitApplied(library.lastChange(), LONG)).isTrue();

            assertThat(words.search("whale", scope, 10)).hasSize(2);
            assertThat(vectors.query(vector(4, 1, 0), scope, 10)).hasSize(2);
        }
    }

    @Test
    void takesTheNewVersionForTheOldAndDropsWhatWasDeleted() {
        try (LexicalIndex words = words();
                Follower follower = following(Copy.ofWords(contents, words))) {
            UUID replaced = shelf.document(papers, ada, List.of("whale songs"));
            UUID deleted = shelf.document(papers, ada, List.of("whale tails"));
            follower.awaitApplied(library.lastChange(), LONG);
            shelf.replace(papers, replaced, 2, ada, List.of("green tea"));
            shelf.delete(deleted, ada);

            follower.awaitApplied(library.lastChange(), LONG);

            assertThat(words.search("whale", scope, 10)).isEmpty();
            assertThat(words.search("tea", scope, 10)).hasSize(1);
            assertThat(words.count()).isEqualTo(1);
        }
    }

    @Test
    void goesOnWhereItStoodAfterARestart() {
        try (LexicalIndex words = words();
                Follower follower = following(Copy.ofWords(contents, words))) {
            shelf.document(papers, ada, List.of("whale songs"));
            follower.awaitApplied(library.lastChange(), LONG);
        }
        shelf.document(papers, ada, List.of("whale tails"));

        try (LexicalIndex words = words();
                Follower follower = following(Copy.ofWords(contents, words))) {
            assertThat(words.appliedThrough()).isPositive();
            follower.awaitApplied(library.lastChange(), LONG);

            assertThat(words.search("whale", scope, 10)).hasSize(2);
        }
    }

    @Test
    void readsALogThatIsLongerThanABatch() {
        IntStream.range(0, 150)
                .forEach(n -> shelf.document(papers, ada, List.of("whale number " + n)));

        try (LexicalIndex words = words();
                Follower follower = following(Copy.ofWords(contents, words))) {
            follower.awaitApplied(library.lastChange(), LONG);

            assertThat(words.count()).isEqualTo(150);
        }
    }

    @Test
    void fillsAnIndexAgainThatWasWipedWhileRunning() {
        try (LexicalIndex words = words();
                Follower follower = following(Copy.ofWords(contents, words))) {
            shelf.document(papers, ada, List.of("whale songs"));
            follower.awaitApplied(library.lastChange(), LONG);

            wipe(folder.resolve("words"));

            await().atMost(LONG)
                    .untilAsserted(() -> {
                        assertThat(folder.resolve("words")).isNotEmptyDirectory();
                        assertThat(words.search("whale", scope, 10)).hasSize(1);
                    });
        }
    }

    @Test
    void buildsAnIndexAnewThatIsAheadOfTheLog() {
        try (LexicalIndex words = words()) {
            words.upsert(
                    List.of(
                            new Chunk(
                                    UUID.randomUUID(),
                                    UUID.randomUUID(),
                                    1,
                                    papers,
                                    0,
                                    0,
                                    5,
                                    null,
                                    null,
                                    null,
                                    "",
                                    List.of(),
                                    "whale from another time")));
            words.commit(1_000);
            shelf.document(papers, ada, List.of("whale songs"));

            try (Follower follower = following(Copy.ofWords(contents, words))) {
                await().atMost(LONG).until(() -> words.appliedThrough() == library.lastChange());

                assertThat(words.count()).isEqualTo(1);
                assertThat(follower.standing().state()).isEqualTo(State.FOLLOWING);
            }
        }
    }

    @Test
    void doesNotMakeASearchWaitForAnIndexThatIsOutAndGoesOnWhenItIsBack() {
        AtomicBoolean out = new AtomicBoolean(true);
        shelf.document(papers, ada, List.of("whale songs"));
        long last = library.lastChange();
        try (LexicalIndex words = words();
                Follower follower = following(Copy.ofWords(contents, new Unsteady(words, out)))) {
            await().atMost(LONG).until(() -> follower.standing().state() == State.FAILING);
            boolean whileOut = follower.awaitApplied(last, Duration.ofMinutes(5));

            out.set(false);

            assertThat(whileOut).isFalse();
            await().atMost(LONG).until(() -> follower.awaitApplied(last, Duration.ZERO));
            assertThat(words.search("whale", scope, 10)).hasSize(1);
        }
    }

    @Test
    void goesOnAfterAnErrorAndSaysMeanwhileThatItFails() {
        AtomicBoolean broken = new AtomicBoolean(true);
        shelf.document(papers, ada, List.of("whale songs"));
        try (LexicalIndex words = words();
                Follower follower = following(breaking(words, broken))) {
            await().atMost(LONG).until(() -> follower.standing().state() == State.FAILING);
            boolean completeMeanwhile = follower.standing().complete();

            broken.set(false);

            assertThat(completeMeanwhile).isFalse();
            await().atMost(LONG).until(() -> follower.standing().complete());
            assertThat(follower.standing().state()).isEqualTo(State.FOLLOWING);
            assertThat(words.search("whale", scope, 10)).hasSize(1);
        }
    }

    @Test
    void isIncompleteUntilItIsFilledAndAgainOnceItsContentIsLost() {
        AtomicBoolean broken = new AtomicBoolean();
        IntStream.range(0, 3).forEach(n -> shelf.document(papers, ada, List.of("whale " + n)));
        try (LexicalIndex words = words();
                Follower follower = following(breaking(words, broken))) {
            follower.awaitApplied(library.lastChange(), LONG);
            Standing filled = follower.standing();
            shelf.document(papers, ada, List.of("green tea"));
            follower.awaitApplied(library.lastChange(), LONG);
            broken.set(true);
            words.clear();
            shelf.document(papers, ada, List.of("black tea"));
            follower.wake();
            await().atMost(LONG).until(() -> follower.standing().state() == State.FAILING);
            Standing emptied = follower.standing();

            broken.set(false);

            assertThat(filled.complete()).isTrue();
            assertThat(emptied.complete()).isFalse();
            await().atMost(LONG).until(() -> follower.standing().complete());
            assertThat(follower.standing().applied()).isEqualTo(library.lastChange());
            assertThat(words.count()).isEqualTo(5);
        }
    }

    @Test
    void saysThatNobodyFollowsOnceItIsClosed() {
        try (LexicalIndex words = words()) {
            Follower follower = following(Copy.ofWords(contents, words));
            follower.awaitApplied(0, LONG);

            follower.close();

            assertThat(follower.standing().state()).isEqualTo(State.STOPPED);
        }
    }

    @Test
    void takesNothingOfAVersionWithAnUnfitVectorAndSaysSo() {
        Shelf crooked =
                new Shelf(
                        database,
                        (text, ordinal) ->
                                text.equals("crooked") ? new float[4] : vector(4, 1, .5));
        try (VectorIndex vectors =
                        new LuceneVectorIndex(folder.resolve("vectors"), Chunks.HERE, 4);
                Follower follower =
                        following(Copy.ofVectors(contents, vectors, Shelf.FINGERPRINT))) {
            UUID unfit = crooked.document(papers, ada, List.of("straight", "crooked"));
            UUID fit = crooked.document(papers, ada, List.of("straight"));

            follower.awaitApplied(library.lastChange(), LONG);

            assertThat(vectors.countOf(unfit)).isZero();
            assertThat(vectors.countOf(fit)).isEqualTo(1);
            assertThat(follower.standing().unfit()).isEqualTo(1);
            shelf.delete(unfit, ada);
            follower.awaitApplied(library.lastChange(), LONG);
            assertThat(follower.standing().unfit()).isZero();
        }
    }

    /** An index whose writing ends in an error while {@code broken} is set. */
    private Copy breaking(LexicalIndex words, AtomicBoolean broken) {
        Copy whole = Copy.ofWords(contents, words);
        return new Copy(
                whole.name(),
                contents,
                words,
                (document, version, from, limit) -> {
                    if (broken.get()) {
                        throw new StackOverflowError("of the test");
                    }
                    whole.filling().put(document, version, from, limit);
                });
    }

    private LexicalIndex words() {
        return new LuceneLexicalIndex(folder.resolve("words"), Chunks.HERE);
    }

    private Follower following(Copy copy) {
        Follower follower = new Follower(copy);
        follower.start();
        return follower;
    }

    private static void wipe(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
