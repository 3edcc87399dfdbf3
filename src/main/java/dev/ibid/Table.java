package dev.ibid;

import dev.ibid.knowledge.Contents;
import dev.ibid.knowledge.Copy;
import dev.ibid.knowledge.Follower;
import dev.ibid.knowledge.Followers;
import dev.ibid.knowledge.Healing;
import dev.ibid.knowledge.LexicalIndex;
import dev.ibid.knowledge.ModelSwitch;
import dev.ibid.knowledge.Retrieval;
import dev.ibid.models.EmbeddingModels;
import dev.ibid.store.lucene.LuceneLexicalIndex;
import dev.ibid.store.postgres.Database;
import dev.ibid.store.postgres.PgAnsweringEmbedding;
import dev.ibid.store.postgres.PgContents;
import dev.ibid.store.postgres.PgInstallation;
import dev.ibid.store.postgres.PgLibrary;

import io.micrometer.core.instrument.MeterRegistry;

import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;

/**
 * The table where the two paths meet: the library, the indexes that follow it, and the retrieval
 * that reads them.
 */
record Table(
        LexicalIndex words,
        Embeddings embeddings,
        Followers followers,
        Healing healing,
        ModelSwitch modelSwitch,
        Retrieval retrieval) {

    static Table set(
            Configuration configuration,
            EmbeddingModels models,
            Database database,
            MeterRegistry meters,
            Opened opened) {
        Path folder = configuration.folders().index();
        UUID installation = new PgInstallation(database).id();
        Contents contents = new PgContents(database);
        LexicalIndex words =
                opened.add(
                        "lexical index",
                        new LuceneLexicalIndex(folder.resolve("lexical"), installation));
        Followers followers = new Followers();
        followers.put(new Follower(Copy.ofWords(contents, words)));
        Embeddings embeddings =
                opened.add(
                        "embedding models",
                        Embeddings.open(
                                configuration.embedding(),
                                models,
                                new PgAnsweringEmbedding(database),
                                new VectorFolders(folder, contents, installation),
                                followers));
        Retrieval retrieval =
                new Retrieval(
                        new PgLibrary(database),
                        words,
                        embeddings.dense(),
                        followers.now(),
                        meters);
        embeddings.onChange(dense -> retrieval.findBy(dense, followers.now()));
        return new Table(
                words,
                embeddings,
                followers,
                new Healing(contents, followers::now, embeddings::missing),
                new ModelSwitch(contents, embeddings),
                retrieval);
    }

    Optional<Follower> follower(String name) {
        return followers.now().stream()
                .filter(follower -> follower.name().equals(name))
                .findFirst();
    }
}
