package dev.ibid.extraction;

import java.nio.file.Path;
import java.time.Duration;

/**
 * How documents are read.
 *
 * @param processes how many documents are read at once, each in a process of its own
 * @param documentsPerProcess after how many documents a process is replaced
 * @param deadline wall-clock time for one document
 * @param idle after how long without work a process is ended, to give its memory back
 * @param heapMegabytes of each process; its whole memory stays below this and about 150 MB
 * @param characters of extracted text, in UTF-16 units
 * @param pages of a PDF
 * @param scratch a folder of the parser's own, emptied at start and at close
 */
public record ParserSettings(
        int processes,
        int documentsPerProcess,
        Duration deadline,
        Duration idle,
        int heapMegabytes,
        int characters,
        int pages,
        Path scratch) {

    public ParserSettings {
        if (processes < 1 || documentsPerProcess < 1 || heapMegabytes < 64) {
            throw new IllegalArgumentException("parser settings out of range");
        }
    }

    /**
     * What suits files of {@code MAX_FILE_SIZE} at its default. Two processes, so that a document
     * that takes until the deadline does not hold up all others.
     */
    public static ParserSettings in(Path scratch) {
        return new ParserSettings(
                2,
                200,
                Duration.ofSeconds(60),
                Duration.ofSeconds(60),
                384,
                20_000_000,
                10_000,
                scratch);
    }

    public ParserSettings withProcesses(int number) {
        return new ParserSettings(
                number,
                documentsPerProcess,
                deadline,
                idle,
                heapMegabytes,
                characters,
                pages,
                scratch);
    }

    public ParserSettings withDocumentsPerProcess(int number) {
        return new ParserSettings(
                processes, number, deadline, idle, heapMegabytes, characters, pages, scratch);
    }

    public ParserSettings withDeadline(Duration time) {
        return new ParserSettings(
                processes,
                documentsPerProcess,
                time,
                idle,
                heapMegabytes,
                characters,
                pages,
                scratch);
    }

    public ParserSettings withIdle(Duration time) {
        return new ParserSettings(
                processes,
                documentsPerProcess,
                deadline,
                time,
                heapMegabytes,
                characters,
                pages,
                scratch);
    }

    public ParserSettings withHeapMegabytes(int megabytes) {
        return new ParserSettings(
                processes,
                documentsPerProcess,
                deadline,
                idle,
                megabytes,
                characters,
                pages,
                scratch);
    }

    public ParserSettings withCharacters(int most) {
        return new ParserSettings(
                processes,
                documentsPerProcess,
                deadline,
                idle,
                heapMegabytes,
                most,
                pages,
                scratch);
    }

    OutputLimits outputLimits() {
        return new OutputLimits(characters, pages);
    }
}
