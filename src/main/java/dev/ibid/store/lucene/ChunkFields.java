package dev.ibid.store.lucene;

import dev.ibid.knowledge.Chunk;
import dev.ibid.knowledge.DocumentVersion;
import dev.ibid.knowledge.Hit;
import dev.ibid.knowledge.Scope;

import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.StringField;
import org.apache.lucene.index.StoredFields;
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
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.function.DoubleUnaryOperator;

/** The fields by which both indexes know a chunk and keep to a scope. */
final class ChunkFields {

    private static final String ID = "id";
    private static final String COLLECTION = "collection";
    private static final String DOCUMENT = "document";
    static final String VERSION = "version";

    private ChunkFields() {}

    static Document of(Chunk chunk) {
        Document document = new Document();
        document.add(new StringField(ID, chunk.id().toString(), Field.Store.YES));
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
        StoredFields stored = searcher.storedFields();
        List<Hit> hits = new ArrayList<>(found.scoreDocs.length);
        for (ScoreDoc doc : found.scoreDocs) {
            hits.add(new Hit(id(stored, doc.doc), score.applyAsDouble(doc.score)));
        }
        return hits;
    }

    static UUID id(StoredFields stored, int doc) throws IOException {
        return UUID.fromString(stored.document(doc).get(ID));
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
