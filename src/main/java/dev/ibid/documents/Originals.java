package dev.ibid.documents;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;

/**
 * Where uploaded files are kept, under names of our own; the uploader's name is display text only.
 */
public interface Originals {

    /** A file that was received whole but belongs to nothing yet. */
    record Received(Path file, long bytes, byte[] sha256) {}

    /** Thrown when more bytes arrive than are allowed; what had been written is gone. */
    final class TooLarge extends IOException {

        public TooLarge(long limit) {
            super("more than " + limit + " bytes");
        }
    }

    /** Writes to disk while hashing, in constant memory. */
    Received receive(InputStream body, long limit) throws IOException;

    /** Gives a received file its final name and syncs file and folder. */
    void keep(Received received, String original) throws IOException;

    void discard(Received received);

    /** A path that can be read; the file may be gone. */
    Path path(String original);

    void delete(String original);

    /**
     * Removes what was being received longer ago than {@code age}: the process that received it is
     * gone.
     */
    void discardAbandoned(Duration age);

    /** Names of originals that were written longer ago than {@code age}. */
    Set<String> olderThan(Duration age);
}
