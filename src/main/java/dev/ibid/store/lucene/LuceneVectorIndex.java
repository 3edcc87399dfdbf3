package dev.ibid.store.lucene;

import dev.ibid.knowledge.DocumentVersion;
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
import java.util.Set;
import java.util.UUID;

/**
 * Nearest vectors by a graph (HNSW). For vectors of one fingerprint, which belong in a folder of
 * their own.
 */
public final class LuceneVectorIndex implements VectorIndex {

    private static final String VECTOR = "vector";

    /**
     * With as many candidates as are asked for, one in six of the ten nearest is missed; with 100
     * none.
     */
    private static final int LEAST_CANDIDATES = 100;

    private final LuceneFolder folder;
    private final int dimension;

    /**
     * @param installation whose chunks these are; an index of another one is built anew
     * @param dimension floats of a vector, each vector of length 1
     */
    public LuceneVectorIndex(Path folder, UUID installation, int dimension) {
        this.dimension = dimension;
        this.folder =
                new LuceneFolder(
                        folder,
                        "vectors-2-" + dimension + " of " + installation,
                        () -> new IndexWriterConfig().setCodec(new LongVectors.Codec()));
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
    public void deleteVersion(UUID documentId, int version) {
        folder.write(writer -> writer.deleteDocuments(ChunkFields.ofVersion(documentId, version)));
    }

    @Override
    public void deleteDocument(UUID documentId) {
        folder.write(writer -> writer.deleteDocuments(ChunkFields.ofDocument(documentId)));
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

    @Override
    public void commit(long logNumber) {
        folder.commit(logNumber);
    }

    @Override
    public long appliedThrough() {
        return folder.appliedThrough();
    }

    @Override
    public void mend() {
        folder.mend();
    }

    @Override
    public long count() {
        return folder.count();
    }

    @Override
    public long countOf(UUID documentId) {
        return folder.countOf(documentId);
    }

    @Override
    public Set<DocumentVersion> versions() {
        return folder.read(searcher -> Holdings.versions(searcher.getIndexReader()));
    }

    @Override
    public Set<UUID> ids(UUID documentId, int version) {
        return folder.read(
                searcher -> Holdings.ids(searcher.getIndexReader(), documentId, version));
    }

    @Override
    public void purge() {
        folder.purge();
    }

    @Override
    public void clear() {
        folder.clear();
    }

    @Override
    public void close() {
        folder.close();
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
