package dev.ibid.store.lucene;

import static dev.ibid.knowledge.Chunks.chunk;
import static dev.ibid.knowledge.Chunks.id;
import static dev.ibid.knowledge.Chunks.in;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ibid.knowledge.Chunk;
import dev.ibid.knowledge.Chunks;
import dev.ibid.knowledge.LexicalIndex;
import dev.ibid.knowledge.LexicalIndexContract;

import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.Term;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

class LuceneLexicalIndexTest extends LexicalIndexContract {

    private static final Chunk WHALE = chunk("c", "a", "whale songs");

    @TempDir private Path folder;

    @Override
    protected LexicalIndex open() {
        return new LuceneLexicalIndex(folder.resolve("lexical"), Chunks.HERE);
    }

    @Test
    void keepsWhatWasCommittedAndGivesUpWhatWasNot() {
        Path kept = folder.resolve("kept");
        try (LuceneLexicalIndex before = new LuceneLexicalIndex(kept, Chunks.HERE)) {
            before.upsert(List.of(WHALE));
            before.commit(3);
            before.upsert(List.of(chunk("c", "b", "whale tails")));
        }

        try (LuceneLexicalIndex after = new LuceneLexicalIndex(kept, Chunks.HERE)) {
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
        try (LuceneLexicalIndex running =
                new LuceneLexicalIndex(folder.resolve("running"), Chunks.HERE)) {
            running.upsert(List.of(WHALE));
            running.commit(3);
            running.upsert(List.of(chunk("c", "b", "whale tails")));
            running.deleteDocument(WHALE.documentId());
            copy(folder.resolve("running"), killed);
        }

        try (LuceneLexicalIndex after = new LuceneLexicalIndex(killed, Chunks.HERE)) {
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

        try (LuceneLexicalIndex after = new LuceneLexicalIndex(damaged, Chunks.HERE)) {
            assertThat(after.appliedThrough()).isZero();
            assertThat(after.count()).isZero();
        }
    }

    @Test
    void noticesThatItsFilesWereRemovedAndTakesNewOnes() throws IOException {
        Path removed = folder.resolve("removed");
        try (LuceneLexicalIndex index = new LuceneLexicalIndex(removed, Chunks.HERE)) {
            index.upsert(List.of(WHALE));
            index.commit(3);
            delete(removed);

            index.mend();
            long applied = index.appliedThrough();
            index.upsert(List.of(WHALE));
            index.commit(1);

            assertThat(applied).isZero();
            assertThat(index.search("whale", in("c"), 10)).hasSize(1);
        }
    }

    @Test
    void startsEmptyInAFolderOfAnotherInstallation() {
        Path foreign = folder.resolve("foreign");
        fill(foreign);

        try (LuceneLexicalIndex index = new LuceneLexicalIndex(foreign, id("elsewhere"))) {
            assertThat(index.appliedThrough()).isZero();
            assertThat(index.search("whale", in("c"), 10)).isEmpty();
        }
    }

    @Test
    void leavesNoWordOfWhatItDroppedForGood() throws IOException {
        Path purged = folder.resolve("purged");
        try (LuceneLexicalIndex index = new LuceneLexicalIndex(purged, Chunks.HERE)) {
            index.upsert(
                    IntStream.range(0, 50).mapToObj(n -> chunk("c", "d" + n, "whale")).toList());
            index.upsert(List.of(chunk("c", "b", "zyxquark")));
            index.commit(3);
            index.deleteDocument(id("b"));
            index.commit(4);
            boolean before = hasWord(purged, "zyxquark");

            index.purge();

            assertThat(before).isTrue();
            assertThat(hasWord(purged, "zyxquark")).isFalse();
            assertThat(hasWord(purged, "whale")).isTrue();
        }
    }

    private static boolean hasWord(Path folder, String word) throws IOException {
        try (Directory directory = FSDirectory.open(folder);
                DirectoryReader reader = DirectoryReader.open(directory)) {
            return reader.docFreq(new Term(WordFields.PLAIN, word)) > 0;
        }
    }

    private static void fill(Path folder) {
        try (LuceneLexicalIndex index = new LuceneLexicalIndex(folder, Chunks.HERE)) {
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
