package dev.ibid.store.lucene;

import static dev.ibid.knowledge.Chunks.chunk;
import static dev.ibid.knowledge.Chunks.id;
import static dev.ibid.knowledge.Chunks.in;
import static dev.ibid.knowledge.Chunks.vector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ibid.knowledge.Chunks;
import dev.ibid.knowledge.EmbeddedChunk;
import dev.ibid.knowledge.VectorIndex;
import dev.ibid.knowledge.VectorIndexContract;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

class LuceneVectorIndexTest extends VectorIndexContract {

    @TempDir private Path folder;

    @Override
    protected VectorIndex open() {
        return new LuceneVectorIndex(folder.resolve("vectors"), Chunks.HERE, DIMENSION);
    }

    @Test
    void takesTheLongVectorsOfLargeModelsAndReadsThemAgain() {
        Path large = folder.resolve("large");
        try (LuceneVectorIndex index = new LuceneVectorIndex(large, Chunks.HERE, 3_072)) {
            index.upsert(List.of(new EmbeddedChunk(chunk("c", "a", "text"), vector(3_072, 1, .1))));
            index.commit(1);
        }

        try (LuceneVectorIndex again = new LuceneVectorIndex(large, Chunks.HERE, 3_072)) {
            assertThat(again.query(vector(3_072, 1, 0), in("c"), 5)).hasSize(1);
        }
    }

    @Test
    void startsEmptyWhenTheVectorsHaveAnotherLength() {
        Path kept = folder.resolve("kept");
        try (LuceneVectorIndex index = new LuceneVectorIndex(kept, Chunks.HERE, 4)) {
            index.upsert(List.of(new EmbeddedChunk(chunk("c", "a", "text"), vector(4, 1, 0))));
            index.commit(5);
        }

        try (LuceneVectorIndex other = new LuceneVectorIndex(kept, Chunks.HERE, 8)) {
            assertThat(other.appliedThrough()).isZero();
            assertThat(other.count()).isZero();
        }
    }

    /** Only what stands in the files counts: a deleted vector is left in them until a merge. */
    @Test
    void leavesNoFloatOfWhatItDroppedForGood() throws IOException {
        Path purged = folder.resolve("purged");
        float[] dropped = vector(DIMENSION, 3, .77);
        float[] kept = vector(DIMENSION, 3, .33);
        try (LuceneVectorIndex index = new LuceneVectorIndex(purged, Chunks.HERE, DIMENSION)) {
            index.upsert(List.of(new EmbeddedChunk(chunk("c", "a", "text"), dropped)));
            index.upsert(
                    IntStream.range(0, 50)
                            .mapToObj(n -> new EmbeddedChunk(chunk("c", "d" + n, "text"), kept))
                            .toList());
            index.commit(3);
            index.deleteDocument(id("a"));
            index.commit(4);
            boolean before = filesHold(purged, dropped);

            index.purge();

            assertThat(before).isTrue();
            assertThat(filesHold(purged, dropped)).isFalse();
            assertThat(filesHold(purged, kept)).isTrue();
        }
    }

    private static boolean filesHold(Path folder, float[] vector) throws IOException {
        ByteBuffer bytes =
                ByteBuffer.allocate(vector.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(vector);
        String sought = new String(bytes.array(), StandardCharsets.ISO_8859_1);
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                if (Files.readString(file, StandardCharsets.ISO_8859_1).contains(sought)) {
                    return true;
                }
            }
            return false;
        }
    }
}
