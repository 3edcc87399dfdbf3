package dev.ibid.store.local;

import dev.ibid.failure.Failure;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * The data directory, owned by this process until it is closed or ends: one process at a time holds
 * the lock of the operating system on the file {@code ibid.lock}.
 *
 * <p>POSIX drops a process's lock when that process closes <em>any</em> descriptor of the file.
 * Nothing in this program may open the lock file but this class: a back-up leaves it out, and the
 * owner's pid stands in a file of its own.
 */
public final class DataDirectory implements AutoCloseable {

    /** The outcome of {@link #own}. */
    public sealed interface Ownership {}

    /** This process owns the directory; closing it gives it up. */
    public record Owned(DataDirectory directory) implements Ownership {}

    /**
     * Another process owns the directory.
     *
     * @param pid the owner, unless it has only just begun
     * @param address of the owner's private database, once that is up
     */
    public record OwnedByAnother(OptionalLong pid, Optional<Address> address) implements Ownership {

        /** What to tell the person who wanted to start a second server here. */
        public Failure failure() {
            String owner = pid.isPresent() ? "process " + pid.getAsLong() : "another process";
            return Failure.of(
                    Failure.Kind.CONFLICT,
                    "data_directory_in_use",
                    "The data directory is in use by "
                            + owner
                            + ". Stop that one first, or choose another directory with DATA_DIR.");
        }
    }

    static final String LOCK = "ibid.lock";
    private static final String OWNER = "ibid.pid";
    private static final String ADDRESS = "postgres.address";

    /**
     * A look at the lock holds it for a moment itself, and must not turn a starting server away.
     */
    private static final Duration PATIENCE = Duration.ofMillis(400);

    private static final Set<Path> LOOKED_AT_HERE = ConcurrentHashMap.newKeySet();

    private final Path path;
    private final FileChannel channel;

    private DataDirectory(Path path, FileChannel channel) {
        this.path = path;
        this.channel = channel;
    }

    /** Creates the directory where there is none, for its owner's eyes only. */
    public static Ownership own(Path wanted) {
        try {
            Path path = create(wanted);
            FileChannel channel = lockWithPatience(path);
            if (channel == null) {
                return new OwnedByAnother(ownerOf(path), Address.read(path.resolve(ADDRESS)));
            }
            DataDirectory directory = new DataDirectory(path, channel);
            directory.sign();
            return new Owned(directory);
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    /**
     * The address of the database that the owner of this directory runs; empty when nobody owns it
     * or the database is not up.
     */
    static Optional<Address> addressOfRunning(Path wanted) {
        try {
            if (!Files.exists(wanted.resolve(LOCK))) {
                return Optional.empty();
            }
            Path path = wanted.toRealPath();
            return isOwned(path) ? Address.read(path.resolve(ADDRESS)) : Optional.empty();
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    public Path path() {
        return path;
    }

    Path addressFile() {
        return path.resolve(ADDRESS);
    }

    /** Gives the directory up; again is harmless. */
    @Override
    public void close() {
        if (!channel.isOpen()) {
            return;
        }
        try {
            Files.deleteIfExists(path.resolve(OWNER));
            channel.close();
        } catch (IOException e) {
            throw unusable(e);
        } finally {
            LOOKED_AT_HERE.remove(path);
        }
    }

    private void sign() throws IOException {
        try {
            PrivateFile.write(path.resolve(OWNER), ProcessHandle.current().pid() + "\n");
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    private static Path create(Path wanted) throws IOException {
        if (!Files.isDirectory(wanted)) {
            Path parent = wanted.toAbsolutePath().getParent();
            if (parent != null) {
                Files.createDirectories(parent);
            }
            Files.createDirectory(wanted, PrivateFile.mode("rwx------"));
        }
        Path path = wanted.toRealPath();
        if (PrivateFile.posix() && isEmpty(path)) {
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwx------"));
        }
        return path;
    }

    /** A folder that holds something already may be somebody's home: its mode is left alone. */
    private static boolean isEmpty(Path path) throws IOException {
        try (Stream<Path> entries = Files.list(path)) {
            return entries.findAny().isEmpty();
        }
    }

    private static @Nullable FileChannel lockWithPatience(Path path) throws IOException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        FileChannel channel = lock(path);
        while (channel == null && System.nanoTime() < deadline) {
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
            channel = lock(path);
        }
        return channel;
    }

    /**
     * The set keeps a second look in this process from opening the file, and so from dropping the
     * lock with it.
     */
    private static @Nullable FileChannel lock(Path path) throws IOException {
        if (!LOOKED_AT_HERE.add(path)) {
            return null;
        }
        FileChannel locked = null;
        try {
            locked = lockFile(path.resolve(LOCK));
            return locked;
        } finally {
            if (locked == null) {
                LOOKED_AT_HERE.remove(path);
            }
        }
    }

    private static @Nullable FileChannel lockFile(Path file) throws IOException {
        FileChannel channel =
                FileChannel.open(
                        file,
                        Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
                        PrivateFile.mode("rw-------"));
        FileLock lock = null;
        try {
            lock = channel.tryLock();
            return lock == null ? null : channel;
        } finally {
            if (lock == null) {
                channel.close();
            }
        }
    }

    private static boolean isOwned(Path path) throws IOException {
        FileChannel channel = lock(path);
        if (channel == null) {
            return true;
        }
        channel.close();
        LOOKED_AT_HERE.remove(path);
        return false;
    }

    private static OptionalLong ownerOf(Path path) throws IOException {
        Path file = path.resolve(OWNER);
        if (!Files.exists(file)) {
            return OptionalLong.empty();
        }
        return OptionalLong.of(Long.parseLong(Files.readString(file).strip()));
    }

    private static Failure unusable(IOException e) {
        return Failure.of(
                        Failure.Kind.UNAVAILABLE,
                        "data_directory",
                        "The data directory cannot be used. It must be a folder that the user who"
                                + " starts Ibid may write, on a disk with room; choose one with"
                                + " DATA_DIR.")
                .causedBy(e);
    }
}
