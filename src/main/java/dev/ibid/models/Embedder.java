package dev.ibid.models;

import java.util.List;

/**
 * Turns text into vectors of unit length. Implementations are safe for use by many threads at once
 * and block their caller.
 */
public interface Embedder extends AutoCloseable {

    /** The one that is at work now, where another may take its place; otherwise this one. */
    default Embedder current() {
        return this;
    }

    /**
     * What the vectors depend on; vectors of different fingerprints never share an index.
     *
     * @throws dev.ibid.failure.Failure when the dimension must be asked for first and the model
     *     does not answer
     */
    EmbeddingFingerprint fingerprint();

    /**
     * One vector for each passage, in order, each of {@code fingerprint().dimension()} floats and
     * Euclidean length 1.
     *
     * @throws dev.ibid.failure.Failure of kind BUSY when the pool is full, UNAVAILABLE or TIMEOUT
     *     when the model does not answer, PROVIDER when it answers wrongly, UNPROCESSABLE when it
     *     refuses a passage
     */
    List<float[]> embedPassages(List<String> passages);

    /** The vector of a question, which some models prefix differently from a passage. */
    float[] embedQuery(String query);

    @Override
    void close();
}
