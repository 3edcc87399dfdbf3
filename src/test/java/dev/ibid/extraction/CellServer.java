package dev.ibid.extraction;

import dev.ibid.documents.FileType;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** A program that reads one document in a cell, so that a test can kill it. */
public final class CellServer {

    private CellServer() {}

    /**
     * Arguments: the folder for scratch files, the document. Prints the id of the cell's process.
     */
    public static void main(String[] arguments) throws Exception {
        Path scratch = Path.of(arguments[0], "other-scratch");
        ParserCell cell = new ParserCell(ParserSettings.in(scratch, Ocr.OFF));
        Thread.ofPlatform().start(() -> parse(cell, Path.of(arguments[1])));
        while (cell.pids().isEmpty()) {
            Thread.onSpinWait();
        }
        System.out.println("child " + cell.pids().iterator().next());
    }

    static Process start(Path folder, Path document) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        CellServer.class.getName(),
                        folder.toString(),
                        document.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    static long childOf(Process server) throws IOException {
        BufferedReader out = server.inputReader(StandardCharsets.UTF_8);
        String line = out.readLine();
        while (line != null && !line.startsWith("child ")) {
            line = out.readLine();
        }
        return Long.parseLong(String.valueOf(line).substring("child ".length()));
    }

    private static void parse(ParserCell cell, Path document) {
        try {
            cell.parse(document, FileType.PDF.mediaType(), (done, total) -> {});
        } catch (ParseFailure e) {
            throw new IllegalStateException(e);
        }
    }
}
