package dev.ibid.knowledge;

import static dev.ibid.knowledge.Chunks.vector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ibid.auth.Caller;
import dev.ibid.failure.Failure;
import dev.ibid.knowledge.IndexReport.Found;
import dev.ibid.store.lucene.LuceneLexicalIndex;
import dev.ibid.store.lucene.LuceneVectorIndex;
import dev.ibid.store.postgres.Database;
import dev.ibid.store.postgres.PgContents;
import dev.ibid.testing.TestDatabase;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;

class HealingTest {

    private static final Duration LONG = Duration.ofSeconds(20);
    private static final WorkProgress SILENT = (done, total) -> {};

    @TempDir private Path folder;

    private final Database database = TestDatabase.fresh();
    private final Contents contents = new PgContents(database);
    private final Shelf shelf = new Shelf(database, (text, ordinal) -> vector(4, 1, .5));
    private final Caller ada = shelf.person("ada");
    private final UUID papers = shelf.collection(ada);
    private final Scope scope = new Scope(Set.of(papers), Set.of());
    private final AtomicBoolean modelOut = new AtomicBoolean();
    private LexicalIndex words;
    private VectorIndex vectors;
    private List<Follower> followers;
    private Healing healing;

    @BeforeEach
    void opens() {
        words = new LuceneLexicalIndex(folder.resolve("words"), Chunks.HERE);
        vectors = new LuceneVectorIndex(folder.resolve("vectors"), Chunks.HERE, 4);
        followers =
                List.of(
                        new Follower(Copy.ofWords(contents, words)),
                        new Follower(Copy.ofVectors(contents, vectors, Shelf.FINGERPRINT)));
        followers.forEach(Follower::start);
        healing =
                new Healing(
                        contents,
                        () -> followers,
                        () ->
                                Optional.of(
                                        new MissingVectors(
                                                contents, Shelf.FINGERPRINT, this::embed)));
    }

    @AfterEach
    void closes() {
        followers.forEach(Follower::close);
        vectors.close();
        words.close();
        database.close();
    }

    @Test
    void findsNothingToRepairWhereNothingIsDamaged() {
        document("whale songs", "whale tails");

        IndexReport report = healing.verify(SILENT);

        assertThat(report)
                .isEqualTo(
                        new IndexReport(
                                1,
                                0,
                                0,
                                0,
                                List.of(
                                        new Found("lexical", 2, 0, 0, 0),
                                        new Found("vectors", 2, 0, 0, 0))));
        assertThat(report.sound()).isTrue();
    }

    @Test
    void takesAgainWhatWasRemovedBehindItsBack() {
        UUID first = document("whale songs", "whale tails");
        UUID second = document("green tea");
        words.deleteVersion(first, 1);
        words.commit(words.appliedThrough());
        vectors.deleteDocument(second);
        vectors.commit(vectors.appliedThrough());

        IndexReport report = healing.verify(SILENT);

        assertThat(report.indexes())
                .containsExactly(
                        new Found("lexical", 3, 2, 0, 0), new Found("vectors", 3, 1, 0, 0));
        assertThat(report.sound()).isFalse();
        assertThat(report.repaired()).isTrue();
        assertThat(words.search("whale", scope, 10)).hasSize(2);
        assertThat(vectors.countOf(second)).isEqualTo(1);
        assertThat(healing.verify(SILENT).sound()).isTrue();
    }

    @Test
    void dropsWhatDoesNotBelongThere() {
        UUID known = document("whale songs");
        UUID silentlyGone = document("whale tails");
        shelf.deleteSilently(silentlyGone);
        Chunk stray =
                new Chunk(
                        UUID.randomUUID(),
                        known,
                        1,
                        papers,
                        7,
                        0,
                        5,
                        null,
                        null,
                        null,
                        "",
                        List.of(),
                        "whale");
        words.upsert(List.of(stray, Chunks.chunk("c", "never heard of", "whale")));
        words.commit(words.appliedThrough());

        IndexReport report = healing.verify(SILENT);

        assertThat(report.indexes())
                .containsExactly(
                        new Found("lexical", 1, 0, 3, 0), new Found("vectors", 1, 0, 1, 0));
        assertThat(words.versions()).containsExactly(new DocumentVersion(known, 1));
        assertThat(words.ids(known, 1)).isEqualTo(contents.ids(known, 1));
    }

    @Test
    void embedsAgainFromStoredTextWhatHasNoVectorOfTheModelThatAnswers() {
        UUID document = document("whale songs", "whale tails");
        giveOneVectorAnotherFingerprint(document);
        vectors.deleteDocument(document);
        vectors.commit(vectors.appliedThrough());

        IndexReport report = healing.verify(SILENT);

        assertThat(report.withoutVector()).isEqualTo(1);
        assertThat(report.embedded()).isEqualTo(1);
        assertThat(report.repaired()).isTrue();
        assertThat(vectors.countOf(document)).isEqualTo(2);
        assertThat(contents.countWithoutVector(Shelf.FINGERPRINT)).isZero();
    }

    @Test
    void repairsTheRestAndSaysSoWhenTheEmbeddingModelIsOut() {
        UUID document = document("whale songs", "whale tails");
        giveOneVectorAnotherFingerprint(document);
        words.clear();
        modelOut.set(true);

        IndexReport report = healing.verify(SILENT);

        assertThat(report.withoutVector()).isEqualTo(1);
        assertThat(report.embedded()).isZero();
        assertThat(report.repaired()).isFalse();
        assertThat(words.count()).isEqualTo(2);
    }

    @Test
    void writesEverythingAnewAndIsFoundAllAlong() {
        List<UUID> documents =
                IntStream.range(0, 40).mapToObj(n -> document("whale number " + n)).toList();
        List<Long> seen = new ArrayList<>();
        List<Integer> hits = new ArrayList<>();

        IndexReport report =
                healing.rebuild((done, total) -> {
                    seen.add((long) done);
                    hits.add(words.search("whale", scope, 100).size());
                });

        assertThat(report.rewritten()).isEqualTo(documents.size());
        assertThat(report.sound()).isTrue();
        assertThat(hits).containsOnly(40);
        assertThat(seen).contains(1L, 80L);
    }

    @Test
    void neitherResurrectsNorLosesWhatChangesMeanwhile() {
        List<UUID> documents =
                IntStream.range(0, 30).mapToObj(n -> document("whale number " + n)).toList();
        List<UUID> published = new ArrayList<>();

        healing.rebuild((done, total) -> {
            if (done <= 20) {
                shelf.delete(documents.get(done), ada);
                published.add(shelf.document(papers, ada, List.of("green tea " + done)));
            }
        });
        IndexReport after = healing.verify(SILENT);

        caughtUp();
        assertThat(after.sound()).as(after.toString()).isTrue();
        assertThat(documents.subList(1, 21)).allMatch(document -> words.countOf(document) == 0);
        assertThat(documents.subList(1, 21)).allMatch(document -> vectors.countOf(document) == 0);
        assertThat(published).allMatch(document -> words.countOf(document) == 1);
        assertThat(published).allMatch(document -> vectors.countOf(document) == 1);
    }

    private UUID document(String... texts) {
        UUID document = shelf.document(papers, ada, List.of(texts));
        caughtUp();
        return document;
    }

    private void caughtUp() {
        long head = contents.logAfter(0, 1).head();
        followers.forEach(follower -> assertThat(follower.awaitApplied(head, LONG)).isTrue());
    }

    private void giveOneVectorAnotherFingerprint(UUID document) {
        UUID chunk = contents.chunks(document, 1, 1, 1).getFirst().id();
        database.write(
                "test.refingerprint",
                handle ->
                        handle.execute(
                                "update chunk_vectors set fingerprint = 'another' where chunk_id = ?",
                                chunk));
    }

    private List<float[]> embed(List<String> passages) {
        if (modelOut.get()) {
            throw Failure.unavailable("out", LONG, new IllegalStateException("out"));
        }
        return passages.stream().map(passage -> vector(4, 2, .3)).toList();
    }
}
