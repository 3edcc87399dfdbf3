package dev.ibid;

import dev.ibid.knowledge.CachedQueryVectors;
import dev.ibid.knowledge.Contents;
import dev.ibid.knowledge.Copy;
import dev.ibid.knowledge.DenseWeight;
import dev.ibid.knowledge.Follower;
import dev.ibid.knowledge.Healing;
import dev.ibid.knowledge.LexicalIndex;
import dev.ibid.knowledge.MissingVectors;
import dev.ibid.knowledge.Retrieval;
import dev.ibid.knowledge.VectorIndex;
import dev.ibid.models.Embedder;
import dev.ibid.store.lucene.LuceneLexicalIndex;
import dev.ibid.store.lucene.LuceneVectorIndex;
import dev.ibid.store.postgres.Database;
import dev.ibid.store.postgres.PgContents;
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
        LexicalIndex words,
        VectorIndex vectors,
        List<Follower> followers,
        Healing healing,
        Retrieval retrieval) {

    static Table set(
            Path folder,
            Database database,
            Embedder embedder,
            MeterRegistry meters,
            Opened opened) {
        String fingerprint = embedder.fingerprint().slug();
        UUID installation = new PgInstallation(database).id();
        Contents contents = new PgContents(database);
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
                        new Follower(Copy.ofWords(contents, words)),
                        new Follower(Copy.ofVectors(contents, vectors, fingerprint)));
        Healing healing =
                new Healing(
                        contents,
                        followers,
                        new MissingVectors(contents, fingerprint, embedder::embedPassages));
        Retrieval retrieval =
                new Retrieval(
                        new PgLibrary(database),
                        words,
                        new Retrieval.Dense(
                                vectors,
                                new CachedQueryVectors(embedder::embedQuery),
                                DenseWeight.englishOnly()),
                        followers,
                        meters);
        return new Table(words, vectors, followers, healing, retrieval);
    }
}
