package dev.ibid.store.lucene;

import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.TieredMergePolicy;
import org.apache.lucene.search.SearcherManager;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.store.LockObtainFailedException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The files of one index: opened at their last commit, or empty where they are damaged or of
 * another format. Each commit carries the number of the last log entry that it reflects.
 *
 * @param format what else the content depends on, and whose it is
 */
record IndexFiles(Path folder, String format, Supplier<IndexWriterConfig> config) {

    private static final Logger log = LoggerFactory.getLogger(IndexFiles.class);
    private static final String NUMBER = "log";
    private static final String FORMAT = "format";

    /**
     * @param number of the last log entry that the last commit reflects
     */
    record Opened(Directory directory, IndexWriter writer, SearcherManager searchers, long number) {

        Opened at(long later) {
            return new Opened(directory, writer, searchers, later);
        }

        /** Without a commit. */
        void release() {
            closeQuietly(searchers);
            try {
                writer.rollback();
            } catch (IOException | RuntimeException failure) {
                log.debug("An index writer did not close cleanly", failure);
            }
            closeQuietly(directory);
        }
    }

    /**
     * @throws dev.ibid.failure.Failure when the folder cannot be used at all
     */
    Opened open() {
        try {
            return openSound();
        } catch (LockObtainFailedException | AccessDeniedException notOurs) {
            throw LuceneFolder.unavailable(notOurs);
        } catch (IOException | IllegalArgumentException damage) {
            log.warn("The index in {} cannot be opened and is built anew", folder, damage);
            wipe();
            return reopenWiped();
        }
    }

    private Opened reopenWiped() {
        try {
            return openSound();
        } catch (IOException failure) {
            throw LuceneFolder.unavailable(failure);
        }
    }

    private Opened openSound() throws IOException {
        Directory directory = FSDirectory.open(folder);
        IndexWriter writer = null;
        try {
            writer =
                    new IndexWriter(
                            directory,
                            config.get()
                                    .setCommitOnClose(false)
                                    .setMergePolicy(
                                            new TieredMergePolicy()
                                                    .setForceMergeDeletesPctAllowed(0)));
            long number = settle(writer);
            return new Opened(directory, writer, new SearcherManager(writer, null), number);
        } catch (IOException | RuntimeException failure) {
            closeQuietly(writer);
            closeQuietly(directory);
            throw failure;
        }
    }

    /**
     * The number of the index's last commit; an index of another format is emptied, a new one gets
     * its first commit.
     */
    private long settle(IndexWriter writer) throws IOException {
        Map<String, String> data = new HashMap<>();
        Iterable<Map.Entry<String, String>> committed = writer.getLiveCommitData();
        if (committed != null) {
            committed.forEach(entry -> data.put(entry.getKey(), entry.getValue()));
        }
        if (format.equals(data.get(FORMAT))) {
            return Long.parseLong(data.getOrDefault(NUMBER, "0"));
        }
        if (!data.isEmpty()) {
            log.info("The index in {} is of another kind or installation; built anew", folder);
        }
        writer.deleteAll();
        commit(writer, 0);
        return 0;
    }

    void commit(IndexWriter writer, long number) throws IOException {
        writer.setLiveCommitData(Map.of(NUMBER, Long.toString(number), FORMAT, format).entrySet());
        writer.commit();
    }

    void wipe() {
        try (Directory directory = FSDirectory.open(folder)) {
            for (String file : directory.listAll()) {
                directory.deleteFile(file);
            }
        } catch (IOException failure) {
            throw LuceneFolder.unavailable(failure);
        }
    }

    private static void closeQuietly(@Nullable Closeable resource) {
        try {
            if (resource != null) {
                resource.close();
            }
        } catch (IOException | RuntimeException failure) {
            log.debug("A part of an index did not close cleanly", failure);
        }
    }
}
