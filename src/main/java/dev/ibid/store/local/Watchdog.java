package dev.ibid.store.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A child that outlives this process by a moment: it reads from a pipe that only this process
 * holds, and when the pipe ends without a word, as it does when this process is killed, it stops
 * the server.
 */
final class Watchdog {

    /**
     * The second stop is for a server that was still on its way to its pid file when the first
     * came.
     */
    private static final String SCRIPT =
            """
            trap "" INT TERM HUP
            read -r word && exit 0
            "$@"
            sleep 2
            exec "$@"
            """;

    private static final Duration GOODBYE = Duration.ofSeconds(5);

    private final Commands commands;
    private final Path pidFile;
    private final String[] line;
    private Process process;

    private Watchdog(Commands commands, Path pidFile, String[] line) throws IOException {
        this.commands = commands;
        this.pidFile = pidFile;
        this.line = line;
        this.process = post(commands, pidFile, line);
    }

    /**
     * @param stop the command that stops the server
     */
    static Watchdog over(Commands commands, Path pidFile, String... stop) throws IOException {
        List<String> line = new ArrayList<>(List.of("sh", "-c", SCRIPT, "ibid-postgres-watchdog"));
        line.addAll(List.of(stop));
        return new Watchdog(commands, pidFile, line.toArray(String[]::new));
    }

    private static Process post(Commands commands, Path pidFile, String[] line) throws IOException {
        Process process = commands.hold(line);
        PrivateFile.write(pidFile, process.pid() + "\n");
        return process;
    }

    /**
     * Ends the watchdog of a process that was killed before it can mistake the next server for its
     * own.
     */
    static void dismissEarlier(Path pidFile, Path cluster) throws IOException {
        if (!Files.exists(pidFile)) {
            return;
        }
        long pid = Long.parseLong(Files.readString(pidFile).strip());
        ProcessHandle.of(pid)
                .filter(process -> Postmaster.serves(process, cluster))
                .ifPresent(Watchdog::end);
        Files.delete(pidFile);
    }

    private static void end(ProcessHandle watchdog) {
        Stream.concat(Stream.of(watchdog), watchdog.descendants())
                .toList()
                .forEach(ProcessHandle::destroyForcibly);
        watchdog.onExit().completeOnTimeout(watchdog, GOODBYE.toSeconds(), TimeUnit.SECONDS).join();
    }

    void ensurePosted() throws IOException {
        if (!process.isAlive()) {
            process = post(commands, pidFile, line);
        }
    }

    /** Tells it that all is well and it may go. */
    void dismiss() throws IOException {
        Files.deleteIfExists(pidFile);
        try (var pipe = process.outputWriter()) {
            pipe.write("goodbye\n");
        } catch (IOException alreadyGone) {
            process.destroyForcibly();
        }
    }
}
