package dev.ibid.store.lucene;

import dev.ibid.knowledge.ChunkIndex;
import dev.ibid.knowledge.DocumentVersion;

import java.util.Set;
import java.util.UUID;

/** What an index of chunks does the same way whatever it finds them by. */
abstract class LuceneIndex implements ChunkIndex {

    protected final LuceneFolder folder;

    LuceneIndex(LuceneFolder folder) {
        this.folder = folder;
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
}
