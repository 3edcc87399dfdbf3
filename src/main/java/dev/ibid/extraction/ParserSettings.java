package dev.ibid.extraction;

import java.nio.file.Path;
import java.time.Duration;

/**
 * How documents are read.
 *
 * @param scratch a folder of the parser's own, emptied at start; a process deletes its part of it
 *     when it ends
 * @param deadline wall-clock time for one document, without what recognising its pages may take
 */
public record ParserSettings(
        Path scratch, Processes processes, Duration deadline, OutputLimits output, Ocr ocr) {

    /** What suits files of {@code MAX_FILE_SIZE} at its default. */
    public static final Processes PROCESSES = new Processes(2, 200, Duration.ofSeconds(60), 384);

    public static final Duration DEADLINE = Duration.ofSeconds(60);
    public static final OutputLimits OUTPUT = new OutputLimits(20_000_000, 10_000);

    /**
     * The processes that read.
     *
     * @param number how many documents are read at once, each in a process of its own
     * @param documents after how many documents a process is replaced
     * @param idle after how long without work a process is ended, to give its memory back
     * @param heapMegabytes of each process; its whole memory stays below this and about 150 MB
     */
    public record Processes(int number, int documents, Duration idle, int heapMegabytes) {

        public Processes {
            if (number < 1 || documents < 1 || heapMegabytes < 64) {
                throw new IllegalArgumentException("parser settings out of range");
            }
        }
    }

    public static ParserSettings in(Path scratch, Ocr ocr) {
        return new ParserSettings(scratch, PROCESSES, DEADLINE, OUTPUT, ocr);
    }

    public ParserSettings withProcesses(int number) {
        return new ParserSettings(
                scratch,
                new Processes(
                        number, processes.documents(), processes.idle(), processes.heapMegabytes()),
                deadline,
                output,
                ocr);
    }
}
