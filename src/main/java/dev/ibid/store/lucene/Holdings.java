package dev.ibid.store.lucene;

import dev.ibid.knowledge.DocumentVersion;

import org.apache.lucene.index.BinaryDocValues;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.util.Bits;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;

/** What an index holds, read from its postings: far cheaper than searching for it. */
final class Holdings {

    private Holdings() {}

    static Set<DocumentVersion> versions(IndexReader reader) throws IOException {
        Set<DocumentVersion> versions = new HashSet<>();
        for (LeafReaderContext leaf : reader.leaves()) {
            addVersions(leaf.reader(), versions);
        }
        return versions;
    }

    static Set<UUID> ids(IndexReader reader, UUID documentId, int version) throws IOException {
        Set<UUID> ids = new HashSet<>();
        for (LeafReaderContext leaf : reader.leaves()) {
            addIds(leaf.reader(), documentId, version, ids);
        }
        return ids;
    }

    private static void addVersions(LeafReader leaf, Set<DocumentVersion> versions)
            throws IOException {
        Terms terms = leaf.terms(ChunkFields.VERSION);
        if (terms == null) {
            return;
        }
        TermsEnum each = terms.iterator();
        PostingsEnum postings = null;
        for (BytesRef term = each.next(); term != null; term = each.next()) {
            postings = each.postings(postings, PostingsEnum.NONE);
            if (nextLive(postings, leaf.getLiveDocs()) != DocIdSetIterator.NO_MORE_DOCS) {
                versions.add(ChunkFields.version(term.utf8ToString()));
            }
        }
    }

    private static void addIds(LeafReader leaf, UUID documentId, int version, Set<UUID> ids)
            throws IOException {
        PostingsEnum postings =
                leaf.postings(ChunkFields.ofVersion(documentId, version), PostingsEnum.NONE);
        if (postings == null) {
            return;
        }
        BinaryDocValues values = DocValues.getBinary(leaf, ChunkFields.ID);
        Bits live = leaf.getLiveDocs();
        for (int doc = nextLive(postings, live);
                doc != DocIdSetIterator.NO_MORE_DOCS;
                doc = nextLive(postings, live)) {
            values.advanceExact(doc);
            ids.add(ChunkFields.id(values.binaryValue()));
        }
    }

    /**
     * @param live null where nothing was deleted
     */
    private static int nextLive(PostingsEnum postings, @Nullable Bits live) throws IOException {
        int doc = postings.nextDoc();
        while (doc != DocIdSetIterator.NO_MORE_DOCS && live != null && !live.get(doc)) {
            doc = postings.nextDoc();
        }
        return doc;
    }
}
