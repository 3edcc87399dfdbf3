package dev.ibid.store.lucene;

import dev.ibid.failure.Failure;

import org.apache.lucene.index.CorruptIndexException;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.SearcherManager;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.store.AlreadyClosedException;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * One Lucene index in one folder. Each commit carries the number of the last log entry that it
 * reflects. Whatever befalls the folder (damage, removal, a full disk), the index comes back at its
 * last sound commit or empty, and says so by {@link #appliedThrough}; nothing in it is the only
 * copy.
 */
final class LuceneFolder implements AutoCloseable {

    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @FunctionalInterface
    interface Reading<T> {
        T from(IndexSearcher searcher) throws IOException;
    }

    @FunctionalInterface
    interface Writing {
        void to(IndexWriter writer) throws IOException;
    }

    private enum Soundness {
        SOUND,
        TO_REOPEN,
        TO_WIPE
    }

    private final IndexFiles files;
    private final ReentrantLock writing = new ReentrantLock();
    private volatile IndexFiles.Opened opened;
    private final Condition committed = writing.newCondition();
    private volatile Soundness soundness = Soundness.SOUND;
    private boolean uncommitted;
    private boolean closed;

    /**
     * @param format what else the content depends on, and whose it is; an index of another format
     *     is discarded
     */
    LuceneFolder(Path folder, String format, Supplier<IndexWriterConfig> config) {
        this.files = new IndexFiles(folder, format, config);
        this.opened = files.open();
    }

    /** Waits where the index is just being opened again, so that nobody is refused for that. */
    <T> T read(Reading<T> reading) {
        IndexFiles.Opened current = opened;
        try {
            return read(current.searchers(), reading);
        } catch (AlreadyClosedException released) {
            return readAgain(afterReopening(current, released), reading);
        }
    }

    private <T> T readAgain(IndexFiles.Opened reopened, Reading<T> reading) {
        try {
            return read(reopened.searchers(), reading);
        } catch (AlreadyClosedException released) {
            throw unavailable(released);
        }
    }

    private <T> T read(SearcherManager searchers, Reading<T> reading) {
        try {
            IndexSearcher searcher = searchers.acquire();
            try {
                return reading.from(searcher);
            } finally {
                searchers.release(searcher);
            }
        } catch (CorruptIndexException damage) {
            soundness = Soundness.TO_WIPE;
            throw unavailable(damage);
        } catch (IOException failure) {
            throw unavailable(failure);
        }
    }

    private IndexFiles.Opened afterReopening(
            IndexFiles.Opened released, AlreadyClosedException closing) {
        writing.lock();
        try {
            if (closed || opened.searchers() == released.searchers()) {
                throw unavailable(closing);
            }
            return opened;
        } finally {
            writing.unlock();
        }
    }

    void write(Writing work) {
        writing.lock();
        try {
            IndexWriter writer = sound().writer();
            uncommitted = true;
            work.to(writer);
        } catch (IOException | AlreadyClosedException failure) {
            throw broken(failure);
        } finally {
            writing.unlock();
        }
    }

    void commit(long number) {
        write(writer -> {
            files.commit(writer, number);
            opened.searchers().maybeRefreshBlocking();
            opened = opened.at(number);
            settled();
        });
    }

    void clear() {
        write(IndexWriter::deleteAll);
        commit(0);
    }

    long appliedThrough() {
        return opened.number();
    }

    /** Notices that the files were removed, and comes back from whatever befell them. */
    void mend() {
        writing.lock();
        try {
            if (soundness == Soundness.SOUND && !isThere()) {
                soundness = Soundness.TO_REOPEN;
            }
            sound();
        } finally {
            writing.unlock();
        }
    }

    /** Nobody who writes waits for the merge; only its end takes the lock. */
    void purge() {
        try {
            opened.writer().forceMergeDeletes(true);
            commitMerged();
        } catch (IOException | AlreadyClosedException failure) {
            throw broken(failure);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw unavailable(stopping);
        }
    }

    /** Files go once no commit and no searcher uses them. What is half written is not committed. */
    private void commitMerged() throws IOException, InterruptedException {
        writing.lock();
        try {
            long left = PATIENCE.toNanos();
            while (uncommitted && left > 0) {
                left = committed.awaitNanos(left);
            }
            if (uncommitted) {
                throw unavailable(new IllegalStateException("no commit within " + PATIENCE));
            }
            commit(opened.number());
            opened.writer().deleteUnusedFiles();
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

    long countOf(UUID documentId) {
        TermQuery ofDocument = new TermQuery(ChunkFields.ofDocument(documentId));
        return read(searcher -> (long) searcher.count(ofDocument));
    }

    /** What was not committed is given up: the log still has it. */
    @Override
    public void close() {
        writing.lock();
        try {
            closed = true;
            opened.release();
        } finally {
            writing.unlock();
        }
    }

    private IndexFiles.Opened sound() {
        if (soundness != Soundness.SOUND && !closed) {
            opened.release();
            if (soundness == Soundness.TO_WIPE) {
                files.wipe();
            }
            opened = files.open();
            soundness = Soundness.SOUND;
            settled();
        }
        return opened;
    }

    private void settled() {
        uncommitted = false;
        committed.signalAll();
    }

    private Failure broken(Exception failure) {
        soundness =
                failure instanceof CorruptIndexException ? Soundness.TO_WIPE : Soundness.TO_REOPEN;
        return unavailable(failure);
    }

    static Failure unavailable(Throwable cause) {
        return Failure.unavailable(
                "The search index cannot be read right now. Try again in a few seconds.",
                RETRY_AFTER,
                cause);
    }
}
