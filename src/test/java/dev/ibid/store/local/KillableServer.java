package dev.ibid.store.local;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/** A {@link ServerProcess} in a JVM of its own. */
record KillableServer(Process process, BufferedReader output) implements AutoCloseable {

    static KillableServer launch(Path dataDirectory) throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        List<String> line =
                List.of(
                        java,
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ServerProcess.class.getName(),
                        dataDirectory.toString(),
                        Ground.programs().toString());
        Process process =
                new ProcessBuilder(line).redirectError(ProcessBuilder.Redirect.DISCARD).start();
        return new KillableServer(process, process.inputReader());
    }

    /** Returns when the server has committed its row. */
    static KillableServer launchAndAwait(Path dataDirectory) throws IOException {
        KillableServer server = launch(dataDirectory);
        String line = server.firstLine();
        if (!line.equals(ServerProcess.READY)) {
            throw new IOException("the server said " + line);
        }
        return server;
    }

    /** Log lines go to the same stream, and are passed over. */
    String firstLine() throws IOException {
        String line = output.readLine();
        while (line != null && line.contains(" -- ")) {
            line = output.readLine();
        }
        return Objects.requireNonNullElse(line, "nothing");
    }

    /** SIGSTOP: it sees and does nothing any more. */
    void freeze() throws IOException {
        Process signal = new ProcessBuilder("kill", "-STOP", Long.toString(process.pid())).start();
        signal.onExit().orTimeout(10, TimeUnit.SECONDS).join();
    }

    /** SIGKILL: the process gets no chance to clean up. */
    void kill() {
        process.destroyForcibly();
        process.onExit().orTimeout(10, TimeUnit.SECONDS).join();
    }

    /** Asks it to stop cleanly, and waits for that. */
    @Override
    public void close() throws IOException {
        process.getOutputStream().close();
        process.onExit().orTimeout(60, TimeUnit.SECONDS).join();
    }
}
