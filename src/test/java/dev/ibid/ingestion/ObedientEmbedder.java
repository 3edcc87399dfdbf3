package dev.ibid.ingestion;

import dev.ibid.models.Embedder;
import dev.ibid.models.EmbeddingFingerprint;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/** Has the same vector for everything, but once does as it was told. */
final class ObedientEmbedder implements Embedder {

    private final AtomicReference<Optional<Supplier<List<float[]>>>> next =
            new AtomicReference<>(Optional.empty());

    void failNext(Supplier<List<float[]>> answer) {
        next.set(Optional.of(answer));
    }

    @Override
    public EmbeddingFingerprint fingerprint() {
        return new EmbeddingFingerprint("test", "obedient", 4, "", Splitter.VERSION);
    }

    @Override
    public List<float[]> embedPassages(List<String> passages) {
        return next.getAndSet(Optional.empty())
                .map(Supplier::get)
                .orElseGet(() -> passages.stream().map(this::embedQuery).toList());
    }

    @Override
    public float[] embedQuery(String query) {
        return new float[] {1, 0, 0, 0};
    }

    @Override
    public void close() {}
}
