package dev.ibid.store.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/** Where the tests of this package put their data directories, and the programs that they share. */
final class Ground {

    private static final Path TARGET = Path.of("target").toAbsolutePath();

    private Ground() {}

    static Path folder(String name) throws IOException {
        return Files.createDirectories(TARGET.resolve(name));
    }

    static Path programs() throws IOException {
        return folder("local-postgres-programs");
    }

    static DataDirectory own(Path path) {
        return switch (DataDirectory.own(path)) {
            case DataDirectory.Owned(DataDirectory directory) -> directory;
            case DataDirectory.OwnedByAnother another -> throw another.failure();
        };
    }

    static LocalPostgres start(DataDirectory directory) throws IOException {
        return start(directory, step -> {});
    }

    static LocalPostgres start(DataDirectory directory, Consumer<String> progress)
            throws IOException {
        return LocalPostgres.start(directory, programs(), progress);
    }

    static Path cluster(Path dataDirectory) throws IOException {
        return dataDirectory.toRealPath().resolve("postgres/cluster");
    }

    static long postmasterPid(Path dataDirectory) throws IOException {
        List<String> lines = Files.readAllLines(cluster(dataDirectory).resolve("postmaster.pid"));
        return Long.parseLong(lines.getFirst());
    }

    /** Servers of this data directory and programs that act on them. */
    static List<ProcessHandle> processes(Path dataDirectory) throws IOException {
        Path cluster = cluster(dataDirectory);
        return ProcessHandle.allProcesses()
                .filter(process -> Postmaster.serves(process, cluster))
                .toList();
    }
}
