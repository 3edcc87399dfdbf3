package dev.ibid.knowledge;

import static dev.ibid.knowledge.Chunks.chunk;
import static dev.ibid.knowledge.Chunks.id;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What every {@link ChunkIndex} promises, whatever it finds chunks by. */
public abstract class ChunkIndexContract<I extends ChunkIndex> {

    private static final Chunk OLD = chunk("c", "a", 1, 0, "whale one");
    private static final Chunk NEW = chunk("c", "a", 2, 0, "whale two");
    private static final Chunk NEXT = chunk("c", "a", 2, 1, "whale three");
    private static final Chunk OTHER = chunk("c", "b", 1, 0, "whale four");

    protected I index;

    protected abstract I open() throws Exception;

    protected abstract void put(I index, List<Chunk> chunks);

    @BeforeEach
    void opens() throws Exception {
        index = open();
    }

    @AfterEach
    void closes() {
        index.close();
    }

    @Test
    void keepsTheLogNumberOfItsLastCommitUntilItIsCleared() {
        long fresh = index.appliedThrough();
        given(OLD);
        index.commit(42);
        long committed = index.appliedThrough();

        index.clear();

        assertThat(fresh).isZero();
        assertThat(committed).isEqualTo(42);
        assertThat(index.appliedThrough()).isZero();
        assertThat(index.count()).isZero();
    }

    @Test
    void saysWhatItHoldsOfEachDocumentAndVersion() {
        given(OLD, NEW, NEXT, OTHER);

        assertThat(index.count()).isEqualTo(4);
        assertThat(index.countOf(id("a"))).isEqualTo(3);
        assertThat(index.countOf(id("unknown"))).isZero();
        assertThat(index.versions())
                .containsExactlyInAnyOrder(
                        new DocumentVersion(id("a"), 1),
                        new DocumentVersion(id("a"), 2),
                        new DocumentVersion(id("b"), 1));
        assertThat(index.ids(id("a"), 2)).containsExactlyInAnyOrder(NEW.id(), NEXT.id());
    }

    @Test
    void holdsNothingOfAVersionOrADocumentThatWasRemoved() {
        given(OLD, NEW, NEXT, OTHER);

        index.deleteVersion(id("a"), 1);
        index.deleteDocument(id("b"));
        index.commit(2);

        assertThat(index.versions()).containsExactly(new DocumentVersion(id("a"), 2));
        assertThat(index.ids(id("a"), 1)).isEmpty();
        assertThat(index.countOf(id("a"))).isEqualTo(2);
        assertThat(index.countOf(id("b"))).isZero();
    }

    @Test
    void keepsWhatWasNotRemovedWhenItDropsTheRestForGood() {
        given(IntStream.range(0, 50).mapToObj(n -> chunk("c", "d" + n, "text " + n)));
        given(OLD, NEW);
        index.deleteDocument(id("d7"));
        index.deleteVersion(id("a"), 1);
        index.commit(9);

        index.purge();

        assertThat(index.appliedThrough()).isEqualTo(9);
        assertThat(index.count()).isEqualTo(50);
        assertThat(index.countOf(id("d7"))).isZero();
        assertThat(index.ids(id("a"), 2)).containsExactly(NEW.id());
    }

    @Test
    void staysAsItIsWhereNothingIsToBeMended() {
        given(OLD);
        index.commit(5);

        index.mend();

        assertThat(index.appliedThrough()).isEqualTo(5);
        assertThat(index.count()).isEqualTo(1);
    }

    private void given(Stream<Chunk> chunks) {
        given(chunks.toArray(Chunk[]::new));
    }

    private void given(Chunk... chunks) {
        put(index, List.of(chunks));
        index.commit(1);
    }
}
