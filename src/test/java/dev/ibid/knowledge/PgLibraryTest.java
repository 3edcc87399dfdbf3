package dev.ibid.knowledge;

import static dev.ibid.knowledge.Chunks.vector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ibid.auth.Caller;
import dev.ibid.store.postgres.Database;
import dev.ibid.store.postgres.PgContents;
import dev.ibid.store.postgres.PgLibrary;
import dev.ibid.testing.TestDatabase;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.UUID;

class PgLibraryTest {

    private static final Database DATABASE = TestDatabase.fresh();

    private final Library library = new PgLibrary(DATABASE);
    private final Contents contents = new PgContents(DATABASE);
    private final Shelf shelf = new Shelf(DATABASE, (text, ordinal) -> vector(4, 1, .5));
    private final Caller ada = shelf.person("ada");
    private final Caller eve = shelf.person("eve");
    private final UUID papers = shelf.collection(ada);

    @AfterAll
    static void closes() {
        DATABASE.close();
    }

    @Test
    void opensTheCollectionsOfAPersonAndNoOthers() {
        UUID foreign = shelf.collection(eve);
        UUID shared = shelf.collection(eve);
        shelf.share(shared, ada);

        assertThat(library.scope(ada.userId(), List.of(), List.of()).collectionIds())
                .containsExactlyInAnyOrder(papers, shared);
        assertThat(library.scope(ada.userId(), List.of(papers, foreign), List.of()).collectionIds())
                .containsExactly(papers);
        assertThat(library.scope(ada.userId(), List.of(foreign), List.of()).collectionIds())
                .isEmpty();
    }

    @Test
    void readsChunksOnlyToThoseWhoMayReadTheirDocument() {
        UUID document = shelf.document(papers, ada, List.of("one", "two"));
        List<UUID> ids = contents.chunks(document, 1, 0, 100).stream().map(Chunk::id).toList();

        assertThat(library.readable(ada.userId(), ids)).containsOnlyKeys(ids);
        assertThat(library.readable(eve.userId(), ids)).isEmpty();
        shelf.share(papers, eve);
        assertThat(library.readable(eve.userId(), ids)).containsOnlyKeys(ids);
        shelf.unshare(papers, eve);
        assertThat(library.readable(eve.userId(), ids)).isEmpty();
    }

    @Test
    void readsNothingOfAReplacedVersionOrADeletedDocument() {
        UUID document = shelf.document(papers, ada, List.of("old"));
        List<UUID> old = contents.chunks(document, 1, 0, 100).stream().map(Chunk::id).toList();
        shelf.replace(papers, document, 2, ada, List.of("new"));
        List<UUID> now = contents.chunks(document, 2, 0, 100).stream().map(Chunk::id).toList();

        assertThat(library.readable(ada.userId(), old)).isEmpty();
        assertThat(contents.chunks(document, 1, 0, 100)).isEmpty();
        assertThat(library.readable(ada.userId(), now)).hasSize(1);
        shelf.delete(document, ada);
        assertThat(library.readable(ada.userId(), now)).isEmpty();
        assertThat(contents.chunks(document, 2, 0, 100)).isEmpty();
    }

    @Test
    void knowsWhoChangedSomethingLast() {
        UUID document = shelf.document(papers, ada, List.of("old"));
        shelf.delete(document, ada);

        assertThat(library.lastChangeBy(ada.userId())).isEqualTo(library.lastChange());
        assertThat(library.lastChangeBy(eve.userId())).isZero();
    }
}
