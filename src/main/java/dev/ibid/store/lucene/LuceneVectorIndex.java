package dev.ibid.store.lucene;

import dev.ibid.knowledge.EmbeddedChunk;
import dev.ibid.knowledge.Hit;
import dev.ibid.knowledge.Scope;
import dev.ibid.knowledge.VectorIndex;

import org.apache.lucene.document.Document;
import org.apache.lucene.document.KnnFloatVectorField;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.apache.lucene.search.KnnFloatVectorQuery;

import java.nio.file.Path;
import java.util.List;
import java.util.UUID;

/**
 * Nearest vectors by a graph (HNSW). For vectors of one fingerprint, which belong in a folder of
 * their own.
 */
public final class LuceneVectorIndex extends LuceneIndex implements VectorIndex {

    private static final String VECTOR = "vector";

    /**
     * With as many candidates as are asked for, one in six of the ten nearest is missed; with 100
     * none.
     */
    private static final int LEAST_CANDIDATES = 100;

    private final int dimension;

    /**
     * @param installation whose chunks these are; an index of another one is built anew
     * @param dimension floats of a vector, each vector of length 1
     */
    public LuceneVectorIndex(Path folder, UUID installation, int dimension) {
        super(
                new LuceneFolder(
                        folder,
                        "vectors-2-" + dimension + " of " + installation,
                        () -> new IndexWriterConfig().setCodec(new LongVectors.Codec())));
        this.dimension = dimension;
    }

    @Override
    public void upsert(List<EmbeddedChunk> chunks) {
        chunks.forEach(chunk -> checked(chunk.vector()));
        folder.write(writer -> {
            for (EmbeddedChunk embedded : chunks) {
                Document document = ChunkFields.of(embedded.chunk());
                document.add(
                        new KnnFloatVectorField(
                                VECTOR, embedded.vector(), VectorSimilarityFunction.DOT_PRODUCT));
                writer.updateDocument(ChunkFields.id(embedded.chunk().id()), document);
            }
        });
    }

    @Override
    public List<Hit> query(float[] vector, Scope scope, int limit) {
        var nearest =
                new KnnFloatVectorQuery(
                        VECTOR,
                        checked(vector),
                        Math.max(LEAST_CANDIDATES, limit),
                        ChunkFields.within(scope));
        return folder.read(searcher ->
                ChunkFields.hits(
                        searcher, searcher.search(nearest, limit), score -> Math.min(1, score)));
    }

    /**
     * Lucene takes a vector of another length or direction without a word, and finds nonsense ever
     * after.
     */
    private float[] checked(float[] vector) {
        double length = 0;
        for (float part : vector) {
            length += (double) part * part;
        }
        if (vector.length != dimension || !(Math.abs(length - 1) < 1e-3)) {
            throw new IllegalArgumentException(
                    "A vector of "
                            + vector.length
                            + " floats and squared length "
                            + length
                            + " is no unit vector of "
                            + dimension);
        }
        return vector;
    }
}
