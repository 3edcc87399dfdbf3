package dev.ibid.knowledge;

import static dev.ibid.knowledge.Chunks.chunk;
import static dev.ibid.knowledge.Chunks.id;
import static dev.ibid.knowledge.Chunks.in;
import static dev.ibid.knowledge.Chunks.randomVector;
import static dev.ibid.knowledge.Chunks.vector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;

/** What every {@link VectorIndex} promises. */
public abstract class VectorIndexContract extends ChunkIndexContract<VectorIndex> {

    protected static final int DIMENSION = 384;

    @Override
    protected void put(VectorIndex index, List<Chunk> chunks) {
        index.upsert(
                chunks.stream()
                        .map(chunk -> new EmbeddedChunk(chunk, vector(DIMENSION, 1, .5)))
                        .toList());
    }

    @Test
    void ranksByCosineAndScoresItFromZeroToOne() {
        given(
                embedded("c", "same", vector(DIMENSION, 1, 0)),
                embedded("c", "near", vector(DIMENSION, 1, Math.PI / 3)),
                embedded("c", "square", vector(DIMENSION, 1, Math.PI / 2)),
                embedded("c", "opposite", vector(DIMENSION, 1, Math.PI)));

        List<Hit> hits = index.query(vector(DIMENSION, 1, 0), in("c"), 10);

        assertThat(hits)
                .extracting(Hit::chunkId)
                .containsExactly(
                        chunk("c", "same", "").id(), chunk("c", "near", "").id(),
                        chunk("c", "square", "").id(), chunk("c", "opposite", "").id());
        assertThat(hits.get(0).score()).isCloseTo(1, within(1e-4));
        assertThat(hits.get(1).score()).isCloseTo(.75, within(1e-4));
        assertThat(hits.get(2).score()).isCloseTo(.5, within(1e-4));
        assertThat(hits.get(3).score()).isCloseTo(0, within(1e-4));
    }

    @Test
    void answersNoMoreThanWasAskedFor() {
        given(
                IntStream.range(0, 20)
                        .mapToObj(n -> embedded("c", "d" + n, vector(DIMENSION, 1, n * .01)))
                        .toArray(EmbeddedChunk[]::new));

        assertThat(index.query(vector(DIMENSION, 1, 0), in("c"), 3))
                .extracting(Hit::chunkId)
                .containsExactly(
                        chunk("c", "d0", "").id(),
                        chunk("c", "d1", "").id(),
                        chunk("c", "d2", "").id());
    }

    @Test
    void findsOwnVectorsAmongAThousandForeignOnesThatAreNearer() {
        Random random = new Random(7);
        List<EmbeddedChunk> all = new ArrayList<>();
        for (int n = 0; n < 1_000; n++) {
            all.add(
                    embedded(
                            "foreign",
                            "f" + n,
                            vector(DIMENSION, 1 + random.nextInt(DIMENSION - 1), .01)));
        }
        all.add(embedded("mine", "m1", vector(DIMENSION, 5, 1)));
        all.add(embedded("mine", "m2", vector(DIMENSION, 6, 1.2)));
        given(all.toArray(EmbeddedChunk[]::new));

        List<Hit> hits = index.query(vector(DIMENSION, 1, 0), in("mine"), 10);

        assertThat(hits)
                .extracting(Hit::chunkId)
                .containsExactly(chunk("mine", "m1", "").id(), chunk("mine", "m2", "").id());
    }

    @Test
    void looksOnlyIntoTheDocumentsOfTheScope() {
        given(
                embedded("mine", "a", vector(DIMENSION, 1, 0)),
                embedded("mine", "b", vector(DIMENSION, 1, .5)),
                embedded("foreign", "c", vector(DIMENSION, 1, 0)));

        List<Hit> hits =
                index.query(
                        vector(DIMENSION, 1, 0),
                        new Scope(in("mine").collectionIds(), Set.of(id("b"), id("c"))),
                        10);

        assertThat(hits).extracting(Hit::chunkId).containsExactly(chunk("mine", "b", "").id());
    }

    @Test
    void replacesAChunkOfTheSameId() {
        given(embedded("c", "a", vector(DIMENSION, 1, Math.PI / 2)));
        given(embedded("c", "a", vector(DIMENSION, 1, 0)));

        assertThat(index.count()).isEqualTo(1);
        assertThat(index.query(vector(DIMENSION, 1, 0), in("c"), 10).getFirst().score())
                .isCloseTo(1, within(1e-4));
    }

    @Test
    void forgetsAVersionAndADocument() {
        given(
                new EmbeddedChunk(chunk("c", "a", 1, 0, "one"), vector(DIMENSION, 1, 0)),
                new EmbeddedChunk(chunk("c", "a", 2, 0, "two"), vector(DIMENSION, 1, 0)),
                new EmbeddedChunk(chunk("c", "b", 1, 0, "three"), vector(DIMENSION, 1, 0)));

        index.deleteVersion(id("a"), 1);
        index.deleteDocument(id("b"));
        index.commit(2);

        assertThat(index.query(vector(DIMENSION, 1, 0), in("c"), 10))
                .extracting(Hit::chunkId)
                .containsExactly(chunk("c", "a", 2, 0, "").id());
    }

    @ParameterizedTest
    @ValueSource(floats = {Float.NaN, 2, 0})
    void takesNoneOfSeveralChunksWhenTheVectorOfOneIsUnfit(float part) {
        float[] unfit = new float[DIMENSION];
        unfit[0] = part;
        List<EmbeddedChunk> chunks =
                List.of(
                        embedded("c", "a", vector(DIMENSION, 1, 0)),
                        new EmbeddedChunk(chunk("c", "a", 1, 1, "text"), unfit));

        assertThatThrownBy(() -> index.upsert(chunks)).isInstanceOf(IllegalArgumentException.class);

        index.commit(1);
        assertThat(index.count()).isZero();
    }

    @Test
    void findsNearlyAllOfTheTenNearest() {
        Random random = new Random(11);
        List<EmbeddedChunk> all =
                IntStream.range(0, 2_000)
                        .mapToObj(n -> embedded("c", "d" + n, randomVector(DIMENSION, random)))
                        .toList();
        given(all.toArray(EmbeddedChunk[]::new));
        float[] asked = randomVector(DIMENSION, random);

        List<Hit> hits = index.query(asked, in("c"), 10);

        List<java.util.UUID> exact =
                all.stream()
                        .sorted(
                                java.util.Comparator.comparingDouble(
                                        embedded -> -dot(asked, embedded.vector())))
                        .limit(10)
                        .map(embedded -> embedded.chunk().id())
                        .toList();
        assertThat(hits.stream().map(Hit::chunkId).filter(exact::contains).count())
                .isGreaterThanOrEqualTo(8);
    }

    private void given(EmbeddedChunk... chunks) {
        index.upsert(List.of(chunks));
        index.commit(1);
    }

    private static EmbeddedChunk embedded(String collection, String document, float[] vector) {
        return new EmbeddedChunk(chunk(collection, document, "text of " + document), vector);
    }

    private static double dot(float[] one, float[] other) {
        double sum = 0;
        for (int at = 0; at < one.length; at++) {
            sum += one[at] * other[at];
        }
        return sum;
    }
}
