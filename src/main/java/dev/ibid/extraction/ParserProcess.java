package dev.ibid.extraction;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * One process that reads documents, one after the other. It has the server's class path but none of
 * its environment, so it knows no secret; it resolves no host names and opens no connection (see
 * {@link NoNetwork} for how far that goes); its folder is deleted with it. It is a process of the
 * server's own account: what the account may read and write on the disk, hostile code that took it
 * over could, too.
 */
final class ParserProcess implements AutoCloseable {

    /** Where Tesseract looks for its languages. */
    private static final String TESSERACT_DATA = "TESSDATA_PREFIX";

    private final Process process;
    private final Path folder;
    private final DataOutputStream requests;
    private final DataInputStream answers;
    private final OutputLimits limits;
    private final Ocr ocr;
    private int documents;
    private volatile boolean sound = true;

    private ParserProcess(Process process, Path folder, ParserSettings settings) {
        this.process = process;
        this.folder = folder;
        this.limits = settings.output();
        this.ocr = settings.ocr();
        this.requests = new DataOutputStream(new BufferedOutputStream(process.getOutputStream()));
        this.answers =
                new DataInputStream(new BufferedInputStream(process.getInputStream(), 65536));
    }

    static ParserProcess start(ParserSettings settings) throws IOException {
        Path folder = Files.createTempDirectory(settings.scratch(), "process-");
        ProcessBuilder builder = new ProcessBuilder(command(settings, folder));
        builder.directory(folder.toFile());
        builder.environment().clear();
        builder.environment().put("LC_ALL", "C.UTF-8");
        String data = System.getenv(TESSERACT_DATA);
        if (data != null) {
            builder.environment().put(TESSERACT_DATA, data);
        }
        builder.redirectError(ProcessBuilder.Redirect.DISCARD);
        return new ParserProcess(builder.start(), folder, settings);
    }

    static List<String> command(ParserSettings settings, Path folder) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(
                List.of(
                        "-Xmx" + settings.processes().heapMegabytes() + "m",
                        "-Xms16m",
                        "-Xss1m",
                        "-XX:MaxMetaspaceSize=128m",
                        "-XX:MaxDirectMemorySize=32m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Xshare:auto",
                        "-XX:+ExitOnOutOfMemoryError",
                        "-XX:+DisplayVMOutputToStderr",
                        "-XX:-CreateCoredumpOnCrash",
                        "-XX:ErrorFile=/dev/null"));
        command.addAll(
                List.of(
                        "-Djava.awt.headless=true",
                        "-Djava.io.tmpdir=" + folder,
                        "-Dpdfbox.fontcache=" + folder,
                        "-Djdk.net.hosts.file=/dev/null",
                        "-Djavax.xml.accessExternalDTD=",
                        "-Djavax.xml.accessExternalSchema=",
                        "-Djavax.xml.accessExternalStylesheet=",
                        "-Dorg.apache.commons.logging.LogFactory="
                                + "org.apache.commons.logging.impl.LogFactoryImpl",
                        "-Dorg.apache.commons.logging.Log="
                                + "org.apache.commons.logging.impl.NoOpLog"));
        command.addAll(List.of("-cp", classPath(), ParserMain.class.getName()));
        return command;
    }

    /** The process runs in a folder of its own, where relative entries would point nowhere. */
    private static String classPath() {
        List<String> entries = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            entries.add(Path.of(entry).toAbsolutePath().toString());
        }
        return String.join(File.pathSeparator, entries);
    }

    /** Blocks until the process takes requests. */
    void awaitReady() throws IOException {
        if (!(ParserWire.readAnswer(answers, limits) instanceof ParserWire.Ready)) {
            throw new ParserWire.Breach("no greeting");
        }
    }

    /**
     * Blocks until the process has answered; it may be killed meanwhile by another thread.
     *
     * @throws IOException when the process ends or breaks the protocol
     */
    ParserWire.Answer parse(Path file, String mediaType, ParseProgress progress)
            throws IOException {
        documents++;
        sound = false;
        ParserWire.write(
                requests,
                new ParserWire.Request(file.toAbsolutePath().toString(), mediaType, limits, ocr));
        while (true) {
            switch (ParserWire.readAnswer(answers, limits)) {
                case ParserWire.Progress(int done, int total) -> progress.read(done, total);
                case ParserWire.Recognising _ -> progress.recognising();
                case ParserWire.Ready _ -> throw new ParserWire.Breach("second greeting");
                case ParserWire.Failed failed -> {
                    sound = failed.code() != ParseFailure.Code.PARSER_CRASHED;
                    return failed;
                }
                case ParserWire.Done done -> {
                    sound = true;
                    return done;
                }
            }
        }
    }

    int documents() {
        return documents;
    }

    long pid() {
        return process.pid();
    }

    /**
     * Whether the process lives and has answered all that it was asked. One that failed by itself
     * is not: a class that could not be loaded once is never loaded.
     */
    boolean isSound() {
        return sound && process.isAlive();
    }

    /** Whether the process ended for want of memory. Waits a moment for its exit code. */
    boolean ranOutOfMemory() {
        try {
            return process.waitFor(2, TimeUnit.SECONDS)
                    && process.exitValue() == ParserMain.OUT_OF_MEMORY;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Kills the process and what it started; the one who reads from it finds its answers ended. */
    void kill() {
        sound = false;
        List<ProcessHandle> started = process.descendants().toList();
        process.destroyForcibly();
        started.forEach(ProcessHandle::destroyForcibly);
    }

    /** Kills the process, waits for its end and deletes its folder. */
    @Override
    public void close() {
        kill();
        process.onExit().orTimeout(5, TimeUnit.SECONDS).handle((ended, late) -> ended).join();
        Folders.delete(folder);
    }
}
