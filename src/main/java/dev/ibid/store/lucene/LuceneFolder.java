package dev.ibid.store.lucene;

import dev.ibid.failure.Failure;

import org.apache.lucene.index.CorruptIndexException;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.SearcherManager;
import org.apache.lucene.store.AlreadyClosedException;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.store.LockObtainFailedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * One Lucene index in one folder. Each commit carries the number of the last log entry that it
 * reflects. Whatever befalls the folder (damage, removal, a full disk), the index comes back at its
 * last sound commit or empty, and says so by {@link #appliedThrough}; nothing in it is the only
 * copy.
 */
final class LuceneFolder implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(LuceneFolder.class);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);
    private static final String NUMBER = "log";
    private static final String FORMAT = "format";

    @FunctionalInterface
    interface Reading<T> {
        T from(IndexSearcher searcher) throws IOException;
    }

    @FunctionalInterface
    interface Writing {
        void to(IndexWriter writer) throws IOException;
    }

    private enum Condition {
        SOUND,
        TO_REOPEN,
        TO_WIPE
    }

    private record Opened(
            Directory directory, IndexWriter writer, SearcherManager searchers, long number) {}

    private final Path folder;
    private final String format;
    private final Supplier<IndexWriterConfig> config;
    private final ReentrantLock writing = new ReentrantLock();
    private volatile Opened opened;
    private volatile Condition condition = Condition.SOUND;
    private boolean closed;

    /**
     * @param format what else the content depends on; an index of another format is discarded
     */
    LuceneFolder(Path folder, String format, Supplier<IndexWriterConfig> config) {
        this.folder = folder;
        this.format = format;
        this.config = config;
        this.opened = openOrWipe();
    }

    <T> T read(Reading<T> reading) {
        try {
            SearcherManager searchers = opened.searchers();
            IndexSearcher searcher = searchers.acquire();
            try {
                return reading.from(searcher);
            } finally {
                searchers.release(searcher);
            }
        } catch (CorruptIndexException damage) {
            condition = Condition.TO_WIPE;
            throw unavailable(damage);
        } catch (IOException | AlreadyClosedException failure) {
            throw unavailable(failure);
        }
    }

    void write(Writing work) {
        writing.lock();
        try {
            work.to(sound().writer());
        } catch (IOException | AlreadyClosedException failure) {
            condition =
                    failure instanceof CorruptIndexException
                            ? Condition.TO_WIPE
                            : Condition.TO_REOPEN;
            throw unavailable(failure);
        } finally {
            writing.unlock();
        }
    }

    void commit(long number) {
        write(writer -> {
            writer.setLiveCommitData(
                    Map.of(NUMBER, Long.toString(number), FORMAT, format).entrySet());
            writer.commit();
            opened.searchers().maybeRefreshBlocking();
            opened = new Opened(opened.directory(), writer, opened.searchers(), number);
        });
    }

    void clear() {
        write(IndexWriter::deleteAll);
        commit(0);
    }

    /**
     * Looks after the folder too: this is asked each second, so an index whose files were removed
     * notices.
     */
    long appliedThrough() {
        writing.lock();
        try {
            if (condition == Condition.SOUND && !isThere()) {
                condition = Condition.TO_REOPEN;
            }
            return sound().number();
        } finally {
            writing.unlock();
        }
    }

    private boolean isThere() {
        try {
            return DirectoryReader.indexExists(opened.directory());
        } catch (IOException gone) {
            return false;
        }
    }

    long count() {
        return read(searcher -> (long) searcher.getIndexReader().numDocs());
    }

    /** What was not committed is given up: the log still has it. */
    @Override
    public void close() {
        writing.lock();
        try {
            closed = true;
            release(opened);
        } finally {
            writing.unlock();
        }
    }

    private Opened sound() {
        if (condition != Condition.SOUND && !closed) {
            release(opened);
            if (condition == Condition.TO_WIPE) {
                wipe();
            }
            opened = openOrWipe();
            condition = Condition.SOUND;
        }
        return opened;
    }

    private Opened openOrWipe() {
        try {
            return open();
        } catch (LockObtainFailedException | AccessDeniedException notOurs) {
            throw unavailable(notOurs);
        } catch (IOException | IllegalArgumentException damage) {
            log.warn("The index in {} cannot be opened and is built anew", folder, damage);
            wipe();
            return reopenWiped();
        }
    }

    private Opened reopenWiped() {
        try {
            return open();
        } catch (IOException failure) {
            throw unavailable(failure);
        }
    }

    private Opened open() throws IOException {
        Directory directory = FSDirectory.open(folder);
        IndexWriter writer = null;
        try {
            writer = new IndexWriter(directory, config.get().setCommitOnClose(false));
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
        Map<String, String> data = new java.util.HashMap<>();
        Iterable<Map.Entry<String, String>> committed = writer.getLiveCommitData();
        if (committed != null) {
            committed.forEach(entry -> data.put(entry.getKey(), entry.getValue()));
        }
        if (format.equals(data.get(FORMAT))) {
            return Long.parseLong(data.getOrDefault(NUMBER, "0"));
        }
        writer.deleteAll();
        writer.setLiveCommitData(Map.of(NUMBER, "0", FORMAT, format).entrySet());
        writer.commit();
        return 0;
    }

    private void wipe() {
        try (Directory directory = FSDirectory.open(folder)) {
            for (String file : directory.listAll()) {
                directory.deleteFile(file);
            }
        } catch (IOException failure) {
            throw unavailable(failure);
        }
    }

    private static void release(Opened opened) {
        closeQuietly(opened.searchers());
        try {
            opened.writer().rollback();
        } catch (IOException | RuntimeException failure) {
            log.debug("An index writer did not close cleanly", failure);
        }
        closeQuietly(opened.directory());
    }

    private static void closeQuietly(
            java.io.@org.jspecify.annotations.Nullable Closeable resource) {
        try {
            if (resource != null) {
                resource.close();
            }
        } catch (IOException | RuntimeException failure) {
            log.debug("A part of an index did not close cleanly", failure);
        }
    }

    private static Failure unavailable(Throwable cause) {
        return Failure.unavailable(
                "The search index cannot be read right now. Try again in a few seconds.",
                RETRY_AFTER,
                cause);
    }
}
