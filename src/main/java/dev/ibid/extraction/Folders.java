package dev.ibid.extraction;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Folders that hold nothing of worth. */
final class Folders {

    private static final Logger log = LoggerFactory.getLogger(Folders.class);

    private Folders() {}

    /** An empty folder at {@code folder}, whatever was there. */
    static void makeEmpty(Path folder) throws IOException {
        Files.createDirectories(folder);
        for (Path child : listing(folder)) {
            delete(child);
        }
    }

    /** Deletes a folder and all in it; what cannot be deleted is logged and left. */
    static void delete(Path folder) {
        try (Stream<Path> tree = Files.walk(folder)) {
            for (Path each : tree.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(each);
            }
        } catch (NoSuchFileException alreadyGone) {
            log.debug("{} is gone already", folder);
        } catch (IOException | UncheckedIOException e) {
            log.warn("Could not delete {}: {}", folder, e.toString());
        }
    }

    private static List<Path> listing(Path folder) throws IOException {
        try (Stream<Path> children = Files.list(folder)) {
            return children.toList();
        }
    }
}
