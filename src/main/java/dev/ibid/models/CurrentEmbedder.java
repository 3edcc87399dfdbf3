package dev.ibid.models;

import java.util.List;
import java.util.function.Supplier;

/**
 * Whichever embedder is at work now. Who makes several calls that must fit together holds on to
 * {@link #current}.
 */
public record CurrentEmbedder(Supplier<Embedder> now) implements Embedder {

    @Override
    public Embedder current() {
        return now.get().current();
    }

    @Override
    public EmbeddingFingerprint fingerprint() {
        return current().fingerprint();
    }

    @Override
    public List<float[]> embedPassages(List<String> passages) {
        return current().embedPassages(passages);
    }

    @Override
    public float[] embedQuery(String query) {
        return current().embedQuery(query);
    }

    /** Whoever opened the embedders closes them. */
    @Override
    public void close() {}
}
