package dev.ibid;

import dev.ibid.knowledge.CachedQueryVectors;
import dev.ibid.knowledge.Contents;
import dev.ibid.knowledge.Copy;
import dev.ibid.knowledge.Follower;
import dev.ibid.knowledge.VectorIndex;
import dev.ibid.models.Embedder;
import dev.ibid.models.EmbeddingConfig;
import dev.ibid.models.EmbeddingFingerprint;
import dev.ibid.store.lucene.LuceneVectorIndex;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import java.util.stream.Stream;

/** The indexes of vectors in this process, with a folder for each fingerprint. */
record VectorFolders(Path folder, Contents contents, UUID installation) {

    private static final Logger log = LoggerFactory.getLogger(VectorFolders.class);
    private static final String PREFIX = "vectors-";

    VectorSide open(EmbeddingConfig config, Embedder embedder, EmbeddingFingerprint fingerprint) {
        VectorIndex index =
                new LuceneVectorIndex(of(fingerprint), installation, fingerprint.dimension());
        Follower follower = new Follower(Copy.ofVectors(contents, index, fingerprint.slug()));
        return new VectorSide(
                config,
                embedder,
                fingerprint,
                new CachedQueryVectors(embedder::embedQuery),
                index,
                follower);
    }

    /** Deletes the indexes of all fingerprints but one; none of them may be open. */
    void deleteOthers(EmbeddingFingerprint kept) {
        try (Stream<Path> all = Files.list(folder)) {
            for (Path other : all.filter(path -> isAnother(path, kept)).toList()) {
                delete(other);
            }
        } catch (IOException left) {
            log.warn("The index of an earlier embedding model could not be deleted", left);
        }
    }

    /** An index is files in one folder. */
    private static void delete(Path index) throws IOException {
        try (Stream<Path> files = Files.list(index)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(index);
    }

    private boolean isAnother(Path path, EmbeddingFingerprint kept) {
        return path.getFileName().toString().startsWith(PREFIX) && !path.equals(of(kept));
    }

    private Path of(EmbeddingFingerprint fingerprint) {
        return folder.resolve(PREFIX + fingerprint.slug());
    }
}
