package dev.ibid.documents;

import dev.ibid.failure.Failure;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
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

    /**
     * Writes to disk while hashing, in constant memory.
     *
     * @throws Failure of kind STORAGE_FULL when the disk has no room for it
     */
    Received receive(InputStream body, long limit) throws IOException;

    /** Gives a received file its final name and syncs file and folder. */
    void keep(Received received, String original) throws IOException;

    void discard(Received received);

    /** Where it lies; the file may be gone. */
    Path path(String original);

    /**
     * Where it lies, if it can be read.
     *
     * @throws Failure when it cannot
     */
    default Path readable(String original) {
        Path file = path(original);
        if (!Files.isReadable(file)) {
            throw Failure.of(
                    Failure.Kind.UNAVAILABLE,
                    "original_missing",
                    "The original of this document cannot be read right now. Tell whoever runs the server.");
        }
        return file;
    }

    void delete(String original);

    /**
     * Removes what was being received longer ago than {@code age}: the process that received it is
     * gone.
     */
    void discardAbandoned(Duration age);

    /** Names of originals that were written longer ago than {@code age}. */
    Set<String> olderThan(Duration age);
}
