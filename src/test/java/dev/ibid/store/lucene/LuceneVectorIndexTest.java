package dev.ibid.store.lucene;

import static dev.ibid.knowledge.Chunks.chunk;
import static dev.ibid.knowledge.Chunks.in;
import static dev.ibid.knowledge.Chunks.vector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ibid.knowledge.EmbeddedChunk;
import dev.ibid.knowledge.VectorIndex;
import dev.ibid.knowledge.VectorIndexContract;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.List;

class LuceneVectorIndexTest extends VectorIndexContract {

    @TempDir private Path folder;

    @Override
    protected VectorIndex open() {
        return new LuceneVectorIndex(folder.resolve("vectors"), DIMENSION);
    }

    @Test
    void takesTheLongVectorsOfLargeModelsAndReadsThemAgain() {
        Path large = folder.resolve("large");
        try (LuceneVectorIndex index = new LuceneVectorIndex(large, 3_072)) {
            index.upsert(List.of(new EmbeddedChunk(chunk("c", "a", "text"), vector(3_072, 1, .1))));
            index.commit(1);
        }

        try (LuceneVectorIndex again = new LuceneVectorIndex(large, 3_072)) {
            assertThat(again.query(vector(3_072, 1, 0), in("c"), 5)).hasSize(1);
        }
    }

    @Test
    void startsEmptyWhenTheVectorsHaveAnotherLength() {
        Path kept = folder.resolve("kept");
        try (LuceneVectorIndex index = new LuceneVectorIndex(kept, 4)) {
            index.upsert(List.of(new EmbeddedChunk(chunk("c", "a", "text"), vector(4, 1, 0))));
            index.commit(5);
        }

        try (LuceneVectorIndex other = new LuceneVectorIndex(kept, 8)) {
            assertThat(other.appliedThrough()).isZero();
            assertThat(other.count()).isZero();
        }
    }

    @Test
    void refusesAVectorThatIsNotOfLengthOne() {
        try (LuceneVectorIndex index = new LuceneVectorIndex(folder.resolve("strict"), 2)) {
            EmbeddedChunk unfit = new EmbeddedChunk(chunk("c", "a", "text"), new float[] {1, 1});

            assertThatThrownBy(() -> index.upsert(List.of(unfit)))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }
}
