package dev.ibid;

import dev.ibid.knowledge.CachedQueryVectors;
import dev.ibid.knowledge.Copy;
import dev.ibid.knowledge.DenseWeight;
import dev.ibid.knowledge.Follower;
import dev.ibid.knowledge.LexicalIndex;
import dev.ibid.knowledge.Library;
import dev.ibid.knowledge.Retrieval;
import dev.ibid.knowledge.VectorIndex;
import dev.ibid.models.Embedder;
import dev.ibid.store.lucene.LuceneLexicalIndex;
import dev.ibid.store.lucene.LuceneVectorIndex;
import dev.ibid.store.postgres.Database;
import dev.ibid.store.postgres.PgLibrary;

import io.micrometer.core.instrument.MeterRegistry;

import java.nio.file.Path;
import java.util.List;

/**
 * The table where the two paths meet: the library, the indexes that follow it, and the retrieval
 * that reads them.
 */
record Table(
        Library library,
        LexicalIndex words,
        VectorIndex vectors,
        List<Follower> followers,
        Retrieval retrieval) {

    static Table set(
            Path folder,
            Database database,
            Embedder embedder,
            MeterRegistry meters,
            Opened opened) {
        String fingerprint = embedder.fingerprint().slug();
        Library library = new PgLibrary(database);
        LexicalIndex words =
                opened.add("lexical index", new LuceneLexicalIndex(folder.resolve("lexical")));
        VectorIndex vectors =
                opened.add(
                        "vector index",
                        new LuceneVectorIndex(
                                folder.resolve("vectors-" + fingerprint),
                                embedder.fingerprint().dimension()));
        List<Follower> followers =
                List.of(
                        new Follower(library, new Copy.OfWords(library, words)),
                        new Follower(library, new Copy.OfVectors(library, vectors, fingerprint)));
        Retrieval retrieval =
                new Retrieval(
                        library,
                        words,
                        new Retrieval.Dense(
                                vectors,
                                new CachedQueryVectors(embedder::embedQuery),
                                DenseWeight.englishOnly()),
                        followers,
                        meters);
        return new Table(library, words, vectors, followers, retrieval);
    }
}
