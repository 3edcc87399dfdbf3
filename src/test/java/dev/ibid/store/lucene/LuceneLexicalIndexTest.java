package dev.ibid.store.lucene;

import static dev.ibid.knowledge.Chunks.chunk;
import static dev.ibid.knowledge.Chunks.in;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ibid.knowledge.Chunk;
import dev.ibid.knowledge.LexicalIndex;
import dev.ibid.knowledge.LexicalIndexContract;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

class LuceneLexicalIndexTest extends LexicalIndexContract {

    private static final Chunk WHALE = chunk("c", "a", "whale songs");

    @TempDir private Path folder;

    @Override
    protected LexicalIndex open() {
        return new LuceneLexicalIndex(folder.resolve("lexical"));
    }

    @Test
    void keepsWhatWasCommittedAndGivesUpWhatWasNot() {
        Path kept = folder.resolve("kept");
        try (LuceneLexicalIndex before = new LuceneLexicalIndex(kept)) {
            before.upsert(List.of(WHALE));
            before.commit(3);
            before.upsert(List.of(chunk("c", "b", "whale tails")));
        }

        try (LuceneLexicalIndex after = new LuceneLexicalIndex(kept)) {
            assertThat(after.appliedThrough()).isEqualTo(3);
            assertThat(after.search("whale", in("c"), 10)).hasSize(1);
        }
    }

    /**
     * The files of an index that is being written are what a process leaves behind that is killed
     * at that moment.
     */
    @Test
    void comesBackAtItsLastCommitAfterAKill() throws IOException {
        Path killed = Files.createDirectories(folder.resolve("killed"));
        try (LuceneLexicalIndex running = new LuceneLexicalIndex(folder.resolve("running"))) {
            running.upsert(List.of(WHALE));
            running.commit(3);
            running.upsert(List.of(chunk("c", "b", "whale tails")));
            running.deleteDocument(WHALE.documentId());
            copy(folder.resolve("running"), killed);
        }

        try (LuceneLexicalIndex after = new LuceneLexicalIndex(killed)) {
            assertThat(after.appliedThrough()).isEqualTo(3);
            assertThat(after.search("whale", in("c"), 10)).hasSize(1);
        }
    }

    @Test
    void startsEmptyWhereTheFolderIsDamaged() throws IOException {
        Path damaged = folder.resolve("damaged");
        fill(damaged);
        try (Stream<Path> files = Files.list(damaged)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.write(file, new byte[] {1, 2, 3});
            }
        }

        try (LuceneLexicalIndex after = new LuceneLexicalIndex(damaged)) {
            assertThat(after.appliedThrough()).isZero();
            assertThat(after.count()).isZero();
        }
    }

    @Test
    void noticesThatItsFilesWereRemovedAndTakesNewOnes() throws IOException {
        Path removed = folder.resolve("removed");
        try (LuceneLexicalIndex index = new LuceneLexicalIndex(removed)) {
            index.upsert(List.of(WHALE));
            index.commit(3);
            delete(removed);

            long applied = index.appliedThrough();
            index.upsert(List.of(WHALE));
            index.commit(1);

            assertThat(applied).isZero();
            assertThat(index.search("whale", in("c"), 10)).hasSize(1);
        }
    }

    private static void fill(Path folder) {
        try (LuceneLexicalIndex index = new LuceneLexicalIndex(folder)) {
            index.upsert(List.of(WHALE));
            index.commit(3);
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }
}
