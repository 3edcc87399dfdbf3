package dev.ibid.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ibid.auth.Caller;
import dev.ibid.knowledge.Chunks;
import dev.ibid.knowledge.Shelf;
import dev.ibid.models.EmbeddingFingerprint;
import dev.ibid.testing.TestDatabase;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.UUID;

class PgAnsweringEmbeddingTest {

    private static final EmbeddingFingerprint LOCAL =
            new EmbeddingFingerprint("local", "small", 4, "", 1);
    private static final EmbeddingFingerprint OTHER =
            new EmbeddingFingerprint("openai", "large", 8, "passage: ", 1);

    private final Database database = TestDatabase.fresh();
    private final PgAnsweringEmbedding answering = new PgAnsweringEmbedding(database);

    @AfterEach
    void close() {
        database.close();
    }

    private void giveADocument() {
        Shelf shelf = new Shelf(database, (text, ordinal) -> Chunks.vector(4, 1, 1));
        Caller ada = shelf.person("ada");
        UUID papers = shelf.collection(ada);
        shelf.document(papers, ada, List.of("One.", "Two."));
    }

    private void embedAllWith(EmbeddingFingerprint fingerprint) {
        database.write(
                "test.embed",
                handle ->
                        handle.execute(
                                "insert into chunk_vectors (chunk_id, fingerprint, vector) select id, ?, '' from chunks",
                                fingerprint.slug()));
    }

    private long vectors() {
        return database.read(
                "test.vectors",
                handle ->
                        handle.createQuery("select count(*) from chunk_vectors")
                                .mapTo(Long.class)
                                .one());
    }

    @Test
    void theFirstStays() {
        assertThat(answering.current()).isEmpty();

        assertThat(answering.first(LOCAL)).isEqualTo(LOCAL);
        assertThat(answering.first(OTHER)).isEqualTo(LOCAL);
        assertThat(answering.current()).contains(LOCAL);
    }

    @Test
    void nobodyTakesOverWhileAChunkHasNoVectorOfIt() {
        answering.first(LOCAL);
        giveADocument();

        assertThat(answering.become(OTHER)).isFalse();
        assertThat(answering.current()).contains(LOCAL);

        embedAllWith(OTHER);
        assertThat(answering.become(OTHER)).isTrue();
        assertThat(answering.current()).contains(OTHER);
    }

    @Test
    void forgetsTheVectorsOfAllOthers() {
        giveADocument();
        embedAllWith(LOCAL);
        embedAllWith(OTHER);

        answering.dropOthers(OTHER);

        assertThat(vectors()).isEqualTo(2);
    }
}
