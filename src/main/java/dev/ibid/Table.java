package dev.ibid;

import dev.ibid.knowledge.Copy;
import dev.ibid.knowledge.Follower;
import dev.ibid.knowledge.Followers;
import dev.ibid.knowledge.LexicalIndex;
import dev.ibid.knowledge.Library;
import dev.ibid.knowledge.Retrieval;
import dev.ibid.models.EmbeddingModels;
import dev.ibid.store.lucene.LuceneLexicalIndex;
import dev.ibid.store.postgres.Database;
import dev.ibid.store.postgres.PgAnsweringEmbedding;
import dev.ibid.store.postgres.PgInstallation;
import dev.ibid.store.postgres.PgLibrary;

import io.micrometer.core.instrument.MeterRegistry;

import java.nio.file.Path;
import java.util.UUID;

/**
 * The table where the two paths meet: the library, the indexes that follow it, and the retrieval
 * that reads them.
 */
record Table(
        Library library,
        LexicalIndex words,
        Embeddings embeddings,
        Followers followers,
        Retrieval retrieval) {

    static Table set(
            Configuration configuration,
            EmbeddingModels models,
            Database database,
            MeterRegistry meters,
            Opened opened) {
        Path folder = configuration.folders().index();
        UUID installation = new PgInstallation(database).id();
        Library library = new PgLibrary(database);
        LexicalIndex words =
                opened.add(
                        "lexical index",
                        new LuceneLexicalIndex(folder.resolve("lexical"), installation));
        Followers followers = new Followers();
        followers.put(new Follower(library, Copy.ofWords(library, words)));
        Embeddings embeddings =
                opened.add(
                        "embedding models",
                        Embeddings.open(
                                configuration.embedding(),
                                models,
                                new PgAnsweringEmbedding(database),
                                new VectorFolders(folder, library, installation),
                                followers));
        Retrieval retrieval =
                new Retrieval(library, words, embeddings.dense(), followers.now(), meters);
        embeddings.onChange(dense -> retrieval.findBy(dense, followers.now()));
        return new Table(library, words, embeddings, followers, retrieval);
    }
}
