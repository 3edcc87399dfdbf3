package dev.ibid.knowledge;

import static dev.ibid.knowledge.Chunks.vector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ibid.auth.Caller;
import dev.ibid.store.postgres.Database;
import dev.ibid.store.postgres.PgContents;
import dev.ibid.testing.TestDatabase;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.UUID;

class PgContentsTest {

    private static final String OTHER = "another";

    private final Database database = TestDatabase.fresh();
    private final Contents contents = new PgContents(database);
    private final Shelf shelf = new Shelf(database, (text, ordinal) -> vector(4, 1, .5));
    private final Caller ada = shelf.person("ada");
    private final UUID papers = shelf.collection(ada);

    @AfterEach
    void closes() {
        database.close();
    }

    @Test
    void readsTheLogInOrderAndWhereItEnds() {
        UUID document = shelf.document(papers, ada, List.of("old"));
        shelf.replace(papers, document, 2, ada, List.of("new"));
        shelf.delete(document, ada);

        LogPart part = contents.logAfter(1, 2);

        assertThat(part.head()).isEqualTo(4);
        assertThat(part.entries())
                .containsExactly(
                        new LogEntry(2, LogEntry.Kind.VERSION_READY, document, 2),
                        new LogEntry(3, LogEntry.Kind.VERSION_GONE, document, 1));
        assertThat(contents.logAfter(4, 2).entries()).isEmpty();
    }

    @Test
    void givesAVersionInSlices() {
        UUID document = shelf.document(papers, ada, List.of("one", "two", "three"));

        assertThat(contents.chunks(document, 1, 0, 2))
                .extracting(Chunk::text)
                .containsExactly("one", "two");
        assertThat(contents.chunks(document, 1, 2, 2))
                .extracting(Chunk::text)
                .containsExactly("three");
        assertThat(contents.embeddedChunks(document, 1, Shelf.FINGERPRINT, 1, 1))
                .extracting(embedded -> embedded.chunk().text())
                .containsExactly("two");
        assertThat(contents.ids(document, 1)).hasSize(3);
    }

    @Test
    void givesVectorsOfOneFingerprintAsTheyWerePutIn() {
        UUID document = shelf.document(papers, ada, List.of("one", "two"));

        List<EmbeddedChunk> embedded =
                contents.embeddedChunks(document, 1, Shelf.FINGERPRINT, 0, 9);

        assertThat(embedded.getFirst().vector()).containsExactly(vector(4, 1, .5));
        assertThat(contents.embeddedChunks(document, 1, OTHER, 0, 9)).isEmpty();
    }

    @Test
    void knowsOnlyActiveVersionsOfDocumentsThatWereNotDeleted() {
        UUID replaced = shelf.document(papers, ada, List.of("old"));
        UUID deleted = shelf.document(papers, ada, List.of("gone"));
        shelf.replace(papers, replaced, 2, ada, List.of("new"));
        shelf.delete(deleted, ada);

        assertThat(contents.activeVersions()).containsExactly(new DocumentVersion(replaced, 2));
        assertThat(contents.ids(replaced, 1)).isEmpty();
        assertThat(contents.ids(deleted, 1)).isEmpty();
        assertThat(contents.chunks(replaced, 1, 0, 9)).isEmpty();
    }

    @Test
    void findsTheChunksThatHaveNoVectorOfAFingerprintUntilTheyHaveOne() {
        UUID document = shelf.document(papers, ada, List.of("one", "two"));
        shelf.delete(shelf.document(papers, ada, List.of("gone")), ada);

        List<Chunk> without = contents.withoutVector(OTHER, 1);
        contents.keepVectors(
                OTHER,
                List.of(
                        new EmbeddedChunk(without.getFirst(), vector(4, 2, .7)),
                        new EmbeddedChunk(Chunks.chunk("c", "gone", "text"), vector(4, 2, .7))));

        assertThat(without).extracting(Chunk::text).containsExactly("one");
        assertThat(contents.countWithoutVector(Shelf.FINGERPRINT)).isZero();
        assertThat(contents.countWithoutVector(OTHER)).isEqualTo(1);
        assertThat(contents.withoutVector(OTHER, 9)).extracting(Chunk::text).containsExactly("two");
        assertThat(contents.embeddedChunks(document, 1, OTHER, 0, 9).getFirst().vector())
                .containsExactly(vector(4, 2, .7));
    }
}
