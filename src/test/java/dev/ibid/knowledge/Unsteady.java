package dev.ibid.knowledge;

import dev.ibid.failure.Failure;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;

/** A real index that cannot be reached while {@code out} is set. */
record Unsteady(LexicalIndex index, AtomicBoolean out) implements LexicalIndex {

    private LexicalIndex reached() {
        if (out.get()) {
            throw Failure.unavailable(
                    "out", Duration.ofSeconds(1), new IllegalStateException("out"));
        }
        return index;
    }

    @Override
    public void upsert(List<Chunk> chunks) {
        reached().upsert(chunks);
    }

    @Override
    public void deleteVersion(UUID documentId, int version) {
        reached().deleteVersion(documentId, version);
    }

    @Override
    public void deleteDocument(UUID documentId) {
        reached().deleteDocument(documentId);
    }

    @Override
    public List<Hit> search(String query, Scope scope, int limit) {
        return reached().search(query, scope, limit);
    }

    @Override
    public Coverage coverage(String query) {
        return reached().coverage(query);
    }

    @Override
    public void commit(long logNumber) {
        reached().commit(logNumber);
    }

    @Override
    public long appliedThrough() {
        return reached().appliedThrough();
    }

    @Override
    public void mend() {
        reached().mend();
    }

    @Override
    public long countOf(UUID documentId) {
        return reached().countOf(documentId);
    }

    @Override
    public Set<DocumentVersion> versions() {
        return reached().versions();
    }

    @Override
    public Set<UUID> ids(UUID documentId, int version) {
        return reached().ids(documentId, version);
    }

    @Override
    public void purge() {
        reached().purge();
    }

    @Override
    public long count() {
        return reached().count();
    }

    @Override
    public void clear() {
        reached().clear();
    }

    @Override
    public void close() {
        index.close();
    }
}
