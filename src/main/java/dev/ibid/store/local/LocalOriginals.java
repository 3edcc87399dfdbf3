package dev.ibid.store.local;

import com.github.f4b6a3.uuid.UuidCreator;

import dev.ibid.documents.Originals;

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
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Originals as files of a folder, spread over 256 folders by the last two digits of their names.
 */
public final class LocalOriginals implements Originals {

    private static final int BUFFER = 64 * 1024;

    private final Path folder;
    private final Path incoming;

    public LocalOriginals(Path folder) throws IOException {
        this.folder = folder;
        this.incoming = Files.createDirectories(folder.resolve("incoming"));
    }

    @Override
    public Received receive(InputStream body, long limit) throws IOException {
        Path file = incoming.resolve(UuidCreator.getTimeOrderedEpoch().toString());
        MessageDigest sha256 = sha256();
        try (FileChannel out =
                FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            long bytes = copy(body, out, sha256, limit);
            out.force(true);
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
            while (chunk.hasRemaining()) {
                out.write(chunk);
            }
        }
        return bytes;
    }

    @Override
    public void keep(Received received, String original) throws IOException {
        Path shelf = Files.createDirectories(shelf(original));
        Files.move(received.file(), shelf.resolve(original), StandardCopyOption.ATOMIC_MOVE);
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
            throw new UncheckedIOException(stays);
        }
    }

    private static void sync(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
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
