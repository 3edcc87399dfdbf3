package dev.ibid.store.lucene;

import dev.ibid.knowledge.Chunk;
import dev.ibid.knowledge.DocumentVersion;
import dev.ibid.knowledge.Hit;
import dev.ibid.knowledge.Scope;

import org.apache.lucene.document.BinaryDocValuesField;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.StringField;
import org.apache.lucene.index.BinaryDocValues;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TermInSetQuery;
import org.apache.lucene.search.TopDocs;
import org.apache.lucene.util.BytesRef;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.DoubleUnaryOperator;

/** The fields by which both indexes know a chunk and keep to a scope. */
final class ChunkFields {

    static final String ID = "id";
    private static final String COLLECTION = "collection";
    private static final String DOCUMENT = "document";
    static final String VERSION = "version";

    private ChunkFields() {}

    static Document of(Chunk chunk) {
        Document document = new Document();
        document.add(new StringField(ID, chunk.id().toString(), Field.Store.NO));
        document.add(new BinaryDocValuesField(ID, bytes(chunk.id())));
        document.add(new StringField(COLLECTION, chunk.collectionId().toString(), Field.Store.NO));
        document.add(new StringField(DOCUMENT, chunk.documentId().toString(), Field.Store.NO));
        document.add(
                new StringField(
                        VERSION, version(chunk.documentId(), chunk.version()), Field.Store.NO));
        return document;
    }

    static Term id(UUID chunkId) {
        return new Term(ID, chunkId.toString());
    }

    static Term ofDocument(UUID documentId) {
        return new Term(DOCUMENT, documentId.toString());
    }

    static Term ofVersion(UUID documentId, int version) {
        return new Term(VERSION, version(documentId, version));
    }

    static Query within(Scope scope) {
        BooleanQuery.Builder both = new BooleanQuery.Builder();
        both.add(oneOf(COLLECTION, scope.collectionIds()), BooleanClause.Occur.FILTER);
        if (!scope.documentIds().isEmpty()) {
            both.add(oneOf(DOCUMENT, scope.documentIds()), BooleanClause.Occur.FILTER);
        }
        return both.build();
    }

    /**
     * @param score from Lucene's to the port's
     */
    static List<Hit> hits(IndexSearcher searcher, TopDocs found, DoubleUnaryOperator score)
            throws IOException {
        Map<Integer, UUID> ids = ids(searcher.getIndexReader(), found);
        List<Hit> hits = new ArrayList<>(found.scoreDocs.length);
        for (ScoreDoc doc : found.scoreDocs) {
            UUID id = Objects.requireNonNull(ids.get(doc.doc));
            hits.add(new Hit(id, score.applyAsDouble(doc.score)));
        }
        return hits;
    }

    /** The chunks' ids, by the documents that were found; a segment is read from its start on. */
    static Map<Integer, UUID> ids(IndexReader reader, TopDocs found) throws IOException {
        int[] inOrder = Arrays.stream(found.scoreDocs).mapToInt(doc -> doc.doc).sorted().toArray();
        Map<Integer, UUID> ids = new HashMap<>();
        int next = 0;
        for (LeafReaderContext segment : reader.leaves()) {
            int end = segment.docBase + segment.reader().maxDoc();
            if (next < inOrder.length && inOrder[next] < end) {
                BinaryDocValues values = DocValues.getBinary(segment.reader(), ID);
                for (; next < inOrder.length && inOrder[next] < end; next++) {
                    values.advanceExact(inOrder[next] - segment.docBase);
                    ids.put(inOrder[next], id(values.binaryValue()));
                }
            }
        }
        return ids;
    }

    private static BytesRef bytes(UUID id) {
        ByteBuffer bytes = ByteBuffer.allocate(2 * Long.BYTES);
        bytes.putLong(id.getMostSignificantBits()).putLong(id.getLeastSignificantBits());
        return new BytesRef(bytes.array());
    }

    static UUID id(BytesRef value) {
        ByteBuffer bytes = ByteBuffer.wrap(value.bytes, value.offset, value.length);
        return new UUID(bytes.getLong(), bytes.getLong());
    }

    private static Query oneOf(String field, Collection<UUID> ids) {
        List<BytesRef> terms = ids.stream().map(id -> new BytesRef(id.toString())).toList();
        return new TermInSetQuery(field, terms);
    }

    /** The version that a term of the field {@link #VERSION} stands for. */
    static DocumentVersion version(String term) {
        int slash = term.indexOf('/');
        return new DocumentVersion(
                UUID.fromString(term.substring(0, slash)),
                Integer.parseInt(term.substring(slash + 1)));
    }

    private static String version(UUID documentId, int version) {
        return documentId + "/" + version;
    }
}
