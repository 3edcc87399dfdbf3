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
import dev.ibid.store.postgres.PgInstallation;
import dev.ibid.store.postgres.PgLibrary;

import io.micrometer.core.instrument.MeterRegistry;

import java.nio.file.Path;
import java.util.List;
import java.util.UUID;

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
        UUID installation = new PgInstallation(database).id();
        Library library = new PgLibrary(database);
        LexicalIndex words =
                opened.add(
                        "lexical index",
                        new LuceneLexicalIndex(folder.resolve("lexical"), installation));
        VectorIndex vectors =
                opened.add(
                        "vector index",
                        new LuceneVectorIndex(
                                folder.resolve("vectors-" + fingerprint),
                                installation,
                                embedder.fingerprint().dimension()));
        List<Follower> followers =
                List.of(
                        new Follower(library, Copy.ofWords(library, words)),
                        new Follower(library, Copy.ofVectors(library, vectors, fingerprint)));
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
