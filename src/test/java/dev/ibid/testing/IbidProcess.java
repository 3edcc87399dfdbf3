package dev.ibid.testing;

import org.awaitility.Awaitility;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The program as people start it: a process of its own with an environment of the test's own, which
 * can be sent signals, and whose output is kept line by line.
 */
public final class IbidProcess implements AutoCloseable {

    private static final Duration START = Duration.ofSeconds(90);
    private static final Duration END = Duration.ofSeconds(60);

    /** What {@code ./run} gives the virtual machine. */
    private static final List<String> FLAGS =
            List.of(
                    "-Xmx768m",
                    "-XX:+UseSerialGC",
                    "-XX:+UseCompactObjectHeaders",
                    "-XX:+ExitOnOutOfMemoryError",
                    "--enable-native-access=ALL-UNNAMED",
                    "--add-modules=jdk.incubator.vector",
                    "--sun-misc-unsafe-memory-access=allow",
                    "-DOPT_OUT_TRACKING=true",
                    "-Dfile.encoding=UTF-8");

    /** A background job of a shell ignores Ctrl-C, and so would all that it starts. */
    private static final List<String> HEED_INTERRUPTS = List.of("env", "--default-signal=INT");

    private static final Predicate<String> COMPLAINT =
            Pattern.compile("^[\\d:.]+ (WARN|ERROR)|^Exception|^\\s+at ").asPredicate();
    private static final String ADDRESS = "  Open    ";

    private final Process process;
    private final Queue<String> lines = new ConcurrentLinkedQueue<>();
    private final Thread listener;
    private int saidBefore;

    private IbidProcess(Process process) {
        this.process = process;
        this.listener = Thread.ofVirtual().start(this::listen);
    }

    /** Starts a server on a free port and returns when it is ready. */
    public static IbidProcess start(Path dataDir, Map<String, String> settings) {
        IbidProcess server = launch(dataDir, settings);
        try {
            server.awaitReady();
            return server;
        } catch (RuntimeException | Error failed) {
            server.close();
            throw failed;
        }
    }

    /** Starts a command, or the server if there is no argument, and does not wait. */
    public static IbidProcess launch(
            Path dataDir, Map<String, String> settings, String... arguments) {
        ProcessBuilder builder = new ProcessBuilder(command(arguments));
        builder.environment().keySet().retainAll(List.of("PATH", "HOME", "LANG", "LC_ALL"));
        builder.environment().put("PORT", "0");
        builder.environment().put("DATA_DIR", dataDir.toAbsolutePath().toString());
        builder.environment().putAll(settings);
        try {
            // A folder without an .env of somebody's.
            builder.directory(Files.createDirectories(beside(dataDir)).toFile());
            return new IbidProcess(builder.redirectErrorStream(true).start());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static Path beside(Path dataDir) {
        return dataDir.toAbsolutePath().resolveSibling("started-here");
    }

    private static List<String> command(String... arguments) {
        List<String> command = new ArrayList<>();
        if (isInterruptIgnored()) {
            command.addAll(HEED_INTERRUPTS);
        }
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(FLAGS);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), "dev.ibid.Main"));
        command.addAll(List.of(arguments));
        return command;
    }

    /** The mask of ignored signals is hexadecimal; SIGINT is its second bit. */
    private static boolean isInterruptIgnored() {
        try (Stream<String> status = Files.lines(Path.of("/proc/self/status"))) {
            return status.filter(line -> line.startsWith("SigIgn:"))
                    .map(line -> Long.parseUnsignedLong(line.substring(7).strip(), 16))
                    .anyMatch(mask -> (mask & 2) != 0);
        } catch (IOException unknown) {
            return false;
        }
    }

    private void listen() {
        process.inputReader(StandardCharsets.UTF_8).lines().forEach(lines::add);
    }

    private void awaitReady() {
        Awaitility.await("the server is ready")
                .atMost(START)
                .pollInterval(Duration.ofMillis(50))
                .failFast(this::failIfEnded)
                .until(() ->
                        lines.stream().anyMatch(line -> line.startsWith(ADDRESS)) && isReady());
    }

    private void failIfEnded() {
        if (!process.isAlive()) {
            throw new AssertionError("ended with " + exitCode() + ":\n" + output());
        }
    }

    private boolean isReady() {
        return Person.stranger(uri()).get("/api/status/ready").status() == 200;
    }

    public URI uri() {
        return lines.stream()
                .filter(line -> line.startsWith(ADDRESS))
                .map(line -> URI.create(line.substring(ADDRESS.length()).strip()))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no address yet: " + lines));
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** What it has printed so far: its output and its log. */
    public List<String> lines() {
        return List.copyOf(lines);
    }

    public String output() {
        return String.join("\n", lines);
    }

    /** The warnings and errors in its log since it was told to end, and traces of exceptions. */
    public List<String> complaints() {
        return lines.stream().skip(saidBefore).filter(line -> COMPLAINT.test(line)).toList();
    }

    /** Types a line at its keyboard, and nothing after it. */
    public void type(String line) {
        try (var keyboard = process.outputWriter(StandardCharsets.UTF_8)) {
            keyboard.write(line + "\n");
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** SIGKILL: it gets no chance to clean up. */
    public void kill9() {
        process.destroyForcibly();
        exitCode();
    }

    /**
     * SIGKILL for the processes that read its documents.
     *
     * @return how many there were
     */
    public long killParsers() {
        return process.children()
                .filter(child -> commandLine(child).contains("ParserMain"))
                .filter(ProcessHandle::destroyForcibly)
                .count();
    }

    /**
     * SIGTERM, as from {@code kill}, {@code docker stop} and systemd.
     *
     * @return the exit code
     */
    public int terminate() {
        return signal("TERM");
    }

    /**
     * SIGINT, as from Ctrl-C.
     *
     * @return the exit code
     */
    public int interrupt() {
        return signal("INT");
    }

    private int signal(String name) {
        saidBefore = lines.size();
        try {
            Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(pid())).start();
            kill.onExit().orTimeout(10, TimeUnit.SECONDS).join();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        return exitCode();
    }

    /** Waits for its end; a test fails whose program goes on for more than a minute. */
    public int exitCode() {
        process.onExit().orTimeout(END.toSeconds(), TimeUnit.SECONDS).join();
        try {
            listener.join(Duration.ofSeconds(5));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        return process.exitValue();
    }

    /** Ends it if it still runs: cleanly, or by force when it does not go within a minute. */
    @Override
    public void close() {
        if (!process.isAlive()) {
            return;
        }
        process.destroy();
        process.onExit()
                .completeOnTimeout(process, END.toSeconds(), TimeUnit.SECONDS)
                .join()
                .destroyForcibly();
    }

    /**
     * Processes that belong to a data folder: those that name it in their command line, and those
     * that work inside it, as the children of PostgreSQL do, which name nothing.
     */
    public static List<String> processesOf(Path dataDir) {
        try {
            Path folder = dataDir.toRealPath();
            return ProcessHandle.allProcesses()
                    .filter(process -> belongs(process, folder))
                    .map(process -> process.pid() + " " + commandLine(process))
                    .toList();
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    private static boolean belongs(ProcessHandle process, Path folder) {
        return commandLine(process).contains(folder.toString()) || worksIn(process, folder);
    }

    private static String commandLine(ProcessHandle process) {
        try {
            byte[] line = Files.readAllBytes(proc(process, "cmdline"));
            return new String(line, StandardCharsets.ISO_8859_1).replace('\0', ' ');
        } catch (IOException noneOrGone) {
            return process.info().commandLine().orElse("");
        }
    }

    private static boolean worksIn(ProcessHandle process, Path folder) {
        try {
            return Files.readSymbolicLink(proc(process, "cwd")).startsWith(folder);
        } catch (IOException noneOrGone) {
            return false;
        }
    }

    private static Path proc(ProcessHandle process, String name) {
        return Path.of("/proc", Long.toString(process.pid()), name);
    }
}
