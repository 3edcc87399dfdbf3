package dev.ibid.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.lucene.document.BinaryDocValuesField;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.StringField;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.Term;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.util.BytesRef;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.UUID;
import java.util.stream.Stream;

/** Changes the index of a server that is down behind its back: the log number stays as it was. */
record DamagedIndex(Path folder) {

    static DamagedIndex lexical(Path dataDir) {
        return new DamagedIndex(dataDir.resolve("index").resolve("lexical"));
    }

    static DamagedIndex vectors(Path dataDir) throws IOException {
        try (Stream<Path> folders = Files.list(dataDir.resolve("index"))) {
            return new DamagedIndex(
                    folders.filter(each -> each.getFileName().toString().startsWith("vectors"))
                            .findFirst()
                            .orElseThrow());
        }
    }

    /** Takes all chunks of a document out, of which there must be some. */
    void remove(String documentId) throws IOException {
        try (Directory directory = FSDirectory.open(folder);
                IndexWriter writer = new IndexWriter(directory, new IndexWriterConfig())) {
            int before = writer.getDocStats().numDocs;
            writer.deleteDocuments(new Term("document", documentId));
            writer.commit();
            assertThat(writer.getDocStats().numDocs).isLessThan(before);
        }
    }

    /** Puts a chunk in that no document has. */
    void addOrphan() throws IOException {
        String document = UUID.randomUUID().toString();
        try (Directory directory = FSDirectory.open(folder);
                IndexWriter writer = new IndexWriter(directory, new IndexWriterConfig())) {
            Document orphan = new Document();
            orphan.add(new StringField("id", UUID.randomUUID().toString(), Field.Store.NO));
            orphan.add(new BinaryDocValuesField("id", new BytesRef(new byte[2 * Long.BYTES])));
            orphan.add(new StringField("collection", document, Field.Store.NO));
            orphan.add(new StringField("document", document, Field.Store.NO));
            orphan.add(new StringField("version", document + "/1", Field.Store.NO));
            writer.addDocument(orphan);
            writer.commit();
        }
    }

    /** Removes the indexes altogether. */
    static void removeAll(Path dataDir) throws IOException {
        try (Stream<Path> files = Files.walk(dataDir.resolve("index"))) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
