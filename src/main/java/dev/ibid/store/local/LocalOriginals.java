package dev.ibid.store.local;

import com.github.f4b6a3.uuid.UuidCreator;

import dev.ibid.documents.Originals;
import dev.ibid.failure.Failure;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Originals as files of a folder, spread over 256 folders by the last two digits of their names.
 */
public final class LocalOriginals implements Originals {

    private static final Logger log = LoggerFactory.getLogger(LocalOriginals.class);
    private static final Set<StandardOpenOption> NEW =
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    private static final int BUFFER = 64 * 1024;

    /** A file of another name is not ours. */
    private static final Pattern NAME =
            Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    private final Path folder;
    private final Path incoming;

    private LocalOriginals(Path folder) {
        this.folder = folder;
        this.incoming = folder.resolve("incoming");
    }

    /**
     * @param installation whose originals these are: what one database does not know, another may
     * @throws Failure when the folder belongs to another installation
     */
    public static LocalOriginals of(UUID installation, Path folder) throws IOException {
        LocalOriginals originals = new LocalOriginals(folder);
        originals.makeFolders();
        originals.claim(installation);
        return originals;
    }

    private void claim(UUID installation) throws IOException {
        Path owner = folder.resolve("installation");
        if (!Files.exists(owner)) {
            PrivateFile.write(owner, installation.toString());
        }
        if (!Files.readString(owner).strip().equals(installation.toString())) {
            throw Failure.of(
                    Failure.Kind.CONFLICT,
                    "foreign_originals",
                    folder
                            + " holds the uploaded files of another Ibid database, which this one would delete as unknown. Set UPLOAD_DIR to a folder of its own; or, if these are the files of this very database, delete "
                            + owner
                            + ".");
        }
    }

    /** All at once and synced, so that keeping a file has to sync no more than its own folder. */
    private void makeFolders() throws IOException {
        Files.createDirectories(incoming, PrivateFile.mode("rwx------"));
        for (int shelf = 0; shelf < 256; shelf++) {
            Files.createDirectories(
                    folder.resolve("%02x".formatted(shelf)), PrivateFile.mode("rwx------"));
        }
        sync(folder);
    }

    @Override
    public Received receive(InputStream body, long limit) throws IOException {
        Path file = incoming.resolve(UuidCreator.getTimeOrderedEpoch().toString());
        MessageDigest sha256 = sha256();
        try (FileChannel out = FileChannel.open(file, NEW, PrivateFile.mode("rw-------"))) {
            long bytes = copy(body, out, sha256, limit);
            sync(out);
            return new Received(file, bytes, sha256.digest());
        } catch (IOException | RuntimeException lost) {
            Files.deleteIfExists(file);
            throw lost;
        }
    }

    private static long copy(InputStream body, FileChannel out, MessageDigest sha256, long limit)
            throws IOException {
        byte[] buffer = new byte[BUFFER];
        long bytes = 0;
        for (int count = body.read(buffer); count >= 0; count = body.read(buffer)) {
            bytes += count;
            if (bytes > limit) {
                throw new TooLarge(limit);
            }
            sha256.update(buffer, 0, count);
            ByteBuffer chunk = ByteBuffer.wrap(buffer, 0, count);
            write(out, chunk);
        }
        return bytes;
    }

    private static void write(FileChannel out, ByteBuffer bytes) throws IOException {
        try {
            while (bytes.hasRemaining()) {
                out.write(bytes);
            }
        } catch (IOException failed) {
            throw unlessFull(failed);
        }
    }

    /** Java has no type of its own for a full disk; the words are those of the C library. */
    private static IOException unlessFull(IOException failed) {
        String message = String.valueOf(failed.getMessage());
        if (message.contains("No space left on device")
                || message.contains("Disk quota exceeded")) {
            throw Failure.of(
                            Failure.Kind.STORAGE_FULL,
                            "storage_full",
                            "The server has no room left for this file, and did not keep it. Tell whoever runs it, and try again later.")
                    .causedBy(failed);
        }
        return failed;
    }

    @Override
    public void keep(Received received, String original) throws IOException {
        Path shelf = shelf(original);
        try {
            Files.move(received.file(), shelf.resolve(original), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException failed) {
            throw unlessFull(failed);
        }
        sync(shelf);
    }

    @Override
    public void discard(Received received) {
        deleteQuietly(received.file());
    }

    @Override
    public Path path(String original) {
        return shelf(original).resolve(original);
    }

    private Path shelf(String original) {
        return folder.resolve(original.substring(original.length() - 2));
    }

    @Override
    public void delete(String original) {
        deleteQuietly(path(original));
    }

    @Override
    public void discardAbandoned(Duration age) {
        filesOlderThan(incoming, age).forEach(LocalOriginals::deleteQuietly);
    }

    @Override
    public Set<String> olderThan(Duration age) {
        return filesOlderThan(folder, age).stream()
                .filter(file -> !file.startsWith(incoming))
                .map(file -> file.getFileName().toString())
                .filter(name -> NAME.matcher(name).matches())
                .collect(Collectors.toSet());
    }

    private static List<Path> filesOlderThan(Path root, Duration age) {
        Instant before = Instant.now().minus(age);
        try (Stream<Path> files = Files.walk(root, 2)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> writtenAt(file).isBefore(before))
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static Instant writtenAt(Path file) {
        try {
            return Files.getLastModifiedTime(file).toInstant();
        } catch (IOException goneMeanwhile) {
            return Instant.MAX;
        }
    }

    private static void deleteQuietly(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException stays) {
            log.warn("{} cannot be deleted; the next sweep will try again", file, stays);
        }
    }

    private static void sync(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            sync(channel);
        }
    }

    private static void sync(FileChannel channel) throws IOException {
        try {
            channel.force(true);
        } catch (IOException failed) {
            throw unlessFull(failed);
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
