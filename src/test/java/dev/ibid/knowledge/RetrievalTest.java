package dev.ibid.knowledge;

import static dev.ibid.knowledge.Chunks.vector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ibid.auth.Caller;
import dev.ibid.failure.Failure;
import dev.ibid.store.lucene.LuceneLexicalIndex;
import dev.ibid.store.lucene.LuceneVectorIndex;
import dev.ibid.store.postgres.Database;
import dev.ibid.store.postgres.PgContents;
import dev.ibid.store.postgres.PgLibrary;
import dev.ibid.testing.TestDatabase;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;

class RetrievalTest {

    private static final int DIMENSION = 8;

    @TempDir private Path folder;

    private final Database database = TestDatabase.fresh();
    private final Library library = new PgLibrary(database);
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final AtomicBoolean wordsOut = new AtomicBoolean();
    private final AtomicBoolean modelOut = new AtomicBoolean();

    /**
     * Texts that speak of whales point the same way, all others another; the ordinal makes them
     * differ a little.
     */
    private final Shelf shelf =
            new Shelf(
                    database,
                    (text, n) ->
                            vector(DIMENSION, 1, (text.contains("whale") ? .1 : 1.4) + n * 1e-4));

    private final Caller ada = shelf.person("ada");
    private final Caller eve = shelf.person("eve");
    private final UUID papers = shelf.collection(ada);
    private final UUID foreign = shelf.collection(eve);
    private LexicalIndex words;
    private VectorIndex vectors;
    private List<Follower> followers;
    private Retrieval retrieval;

    @BeforeEach
    void opens() {
        words = new LuceneLexicalIndex(folder.resolve("words"), Chunks.HERE);
        vectors = new LuceneVectorIndex(folder.resolve("vectors"), Chunks.HERE, DIMENSION);
        Contents contents = new PgContents(database);
        followers =
                List.of(
                        new Follower(Copy.ofWords(contents, words)),
                        new Follower(Copy.ofVectors(contents, vectors, Shelf.FINGERPRINT)));
        followers.forEach(Follower::start);
        retrieval =
                new Retrieval(
                        library,
                        new Unsteady(words, wordsOut),
                        new Retrieval.Dense(vectors, this::vectorOf, DenseWeight.englishOnly()),
                        followers,
                        meters);
    }

    @AfterEach
    void closes() {
        followers.forEach(Follower::close);
        vectors.close();
        words.close();
        database.close();
    }

    private float[] vectorOf(String query) {
        if (modelOut.get()) {
            throw Failure.unavailable(
                    "The model is out.", Duration.ofSeconds(1), new IllegalStateException("out"));
        }
        return vector(DIMENSION, 1, 0);
    }

    @Test
    void findsWhatWasPublishedJustBefore() {
        UUID document =
                shelf.document(
                        papers, ada, List.of("Songs of the blue whale", "Recipes for green tea"));

        SearchResult result = search(ada, "blue whale", 10);

        assertThat(result.degraded()).isEmpty();
        Passage best = result.passages().getFirst();
        assertThat(best.chunk().documentId()).isEqualTo(document);
        assertThat(best.chunk().text()).isEqualTo("Songs of the blue whale");
        assertThat(best.documentName()).isEqualTo("document " + document);
        assertThat(best.score()).isEqualTo(1);
        assertThat(best.dense()).isGreaterThan(.9);
        assertThat(best.lexical()).isPositive();
    }

    @Test
    void findsOwnPassagesAndNothingForeignAmongAThousandNearDuplicates() {
        shelf.document(
                foreign,
                eve,
                IntStream.range(0, 1_000)
                        .mapToObj(n -> "Songs of the blue whale, take " + n)
                        .toList());
        UUID own =
                shelf.document(
                        papers,
                        ada,
                        List.of("A blue whale was heard once", "Recipes for green tea"));

        SearchResult result = search(ada, "songs of the blue whale", 10);

        assertThat(result.passages())
                .extracting(passage -> passage.chunk().documentId())
                .containsOnly(own);
        assertThat(result.passages().getFirst().chunk().text())
                .isEqualTo("A blue whale was heard once");
    }

    @Test
    void findsNothingInAForeignCollectionThatIsAskedForByItsId() {
        UUID document = shelf.document(foreign, eve, List.of("Songs of the blue whale"));
        shelf.document(papers, ada, List.of("Recipes for green tea"));

        assertThat(
                        retrieval
                                .search(ada, request("whale", 10, null, Set.of(foreign), Set.of()))
                                .passages())
                .isEmpty();
        assertThat(
                        retrieval
                                .search(ada, request("whale", 10, null, Set.of(), Set.of(document)))
                                .passages())
                .isEmpty();
    }

    @Test
    void keepsBackWhatAnIndexStillHoldsButTheLibraryForbids() {
        UUID gone = shelf.document(papers, ada, List.of("Songs of the blue whale"));
        UUID kept = shelf.document(papers, ada, List.of("Tails of the blue whale"));
        search(ada, "blue whale", 10);
        shelf.deleteSilently(gone);

        SearchResult result = search(ada, "blue whale", 10);

        assertThat(result.passages())
                .extracting(passage -> passage.chunk().documentId())
                .containsExactly(kept);
    }

    @Test
    void keepsBackASharedPassageOnceTheSharingEnded() {
        shelf.document(foreign, eve, List.of("Songs of the blue whale"));
        shelf.share(foreign, ada);
        followers.forEach(
                follower -> follower.awaitApplied(library.lastChange(), Duration.ofSeconds(20)));
        int shared = search(ada, "blue whale", 10).passages().size();

        shelf.unshare(foreign, ada);

        assertThat(shared).isEqualTo(1);
        assertThat(search(ada, "blue whale", 10).passages()).isEmpty();
    }

    @Test
    void showsOneOfManyCopiesAndLooksDeeperForTheRest() {
        shelf.document(
                papers,
                ada,
                IntStream.range(0, 300)
                        .mapToObj(n -> "Songs of  the blue whale" + " ".repeat(n % 3))
                        .toList());
        shelf.document(
                papers,
                ada,
                List.of("Something about a whale", "Something else about one whale or another"));

        SearchResult result = search(ada, "songs of the blue whale", 10);

        assertThat(result.passages())
                .extracting(passage -> passage.chunk().text().strip().replace("  ", " "))
                .hasSize(3)
                .doesNotHaveDuplicates();
    }

    @Test
    void leavesOutWhatScoresLessThanWasAskedFor() {
        shelf.document(papers, ada, List.of("Songs of the blue whale", "Recipes for green tea"));

        SearchResult result =
                retrieval.search(ada, request("blue whale", 10, .5, Set.of(), Set.of()));

        assertThat(result.passages()).hasSize(1);
    }

    @Test
    void goesByWordsAloneAndSaysSoWhenTheModelIsOut() {
        shelf.document(papers, ada, List.of("Songs of the blue whale", "Recipes for green tea"));
        modelOut.set(true);

        SearchResult result = search(ada, "blue whale", 10);

        assertThat(result.degraded()).containsExactly(Side.DENSE);
        assertThat(result.passages()).hasSize(1);
        assertThat(result.passages().getFirst().dense()).isNull();
    }

    @Test
    void goesByVectorsAloneAndSaysSoWhenTheWordsAreOut() {
        shelf.document(papers, ada, List.of("Songs of the blue whale", "Recipes for green tea"));
        wordsOut.set(true);

        SearchResult result = search(ada, "blue whale", 10);

        assertThat(result.degraded()).containsExactly(Side.LEXICAL);
        assertThat(result.passages().getFirst().chunk().text())
                .isEqualTo("Songs of the blue whale");
    }

    @Test
    void failsWhenNeitherSideAnswers() {
        shelf.document(papers, ada, List.of("Songs of the blue whale"));
        wordsOut.set(true);
        modelOut.set(true);

        assertThatThrownBy(() -> search(ada, "blue whale", 10))
                .isInstanceOfSatisfying(
                        Failure.class,
                        failure -> assertThat(failure.kind()).isEqualTo(Failure.Kind.UNAVAILABLE));
    }

    @Test
    void leavesAQuestionInAnotherScriptToTheWords() {
        shelf.document(papers, ada, List.of("Голубой кит поёт песни", "whale whale whale"));

        SearchResult result = search(ada, "песня кита", 10);

        assertThat(result.degraded()).isEmpty();
        assertThat(result.passages())
                .extracting(passage -> passage.chunk().text())
                .containsExactly("Голубой кит поёт песни");
    }

    @Test
    void countsSearchesThatFindNothingAndTimesEachStage() {
        search(ada, "anything", 10);
        shelf.document(papers, ada, List.of("Songs of the blue whale"));
        search(ada, "blue whale", 10);

        assertThat(meters.get("retrieval.no.hit").counter().count()).isEqualTo(1);
        assertThat(meters.get("retrieval.top.score").summary().count()).isEqualTo(1);
        assertThat(meters.find("retrieval.duration").timers())
                .extracting(timer -> timer.getId().getTag("stage"))
                .containsExactlyInAnyOrder("embed", "dense", "lexical", "fuse", "check");
    }

    private SearchResult search(Caller caller, String query, int limit) {
        return retrieval.search(caller, request(query, limit, null, Set.of(), Set.of()));
    }

    private static SearchRequest request(
            String query,
            int limit,
            @Nullable Double minScore,
            Set<UUID> collections,
            Set<UUID> documents) {
        return new SearchRequest(query, limit, minScore, collections, documents);
    }
}
