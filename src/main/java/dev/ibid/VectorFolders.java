package dev.ibid;

import dev.ibid.knowledge.Copy;
import dev.ibid.knowledge.Follower;
import dev.ibid.knowledge.Library;
import dev.ibid.knowledge.VectorIndex;
import dev.ibid.models.Embedder;
import dev.ibid.models.EmbeddingConfig;
import dev.ibid.models.EmbeddingFingerprint;
import dev.ibid.store.lucene.LuceneVectorIndex;

import java.nio.file.Path;
import java.util.UUID;

/** The indexes of vectors in this process, with a folder for each fingerprint. */
record VectorFolders(Path folder, Library library, UUID installation) {

    VectorSide open(EmbeddingConfig config, Embedder embedder, EmbeddingFingerprint fingerprint) {
        VectorIndex index =
                new LuceneVectorIndex(of(fingerprint), installation, fingerprint.dimension());
        Follower follower =
                new Follower(library, Copy.ofVectors(library, index, fingerprint.slug()));
        return new VectorSide(config, embedder, fingerprint, index, follower);
    }

    private Path of(EmbeddingFingerprint fingerprint) {
        return folder.resolve("vectors-" + fingerprint.slug());
    }
}
