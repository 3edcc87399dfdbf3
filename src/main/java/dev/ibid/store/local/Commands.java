package dev.ibid.store.local;

import java.io.File;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/**
 * Runs the programs of the private server. They see none of this process's environment, for it
 * holds secrets, and none of its streams, for a server that inherits a pipe keeps its reader
 * waiting.
 *
 * @param prefix what changes the account, such as {@code setpriv}; may be empty
 * @param folder the working directory, which that account must be able to enter
 * @param output the file that receives what the last program printed
 */
record Commands(List<String> prefix, Path folder, Path output) {

    private static final File NOTHING = new File("/dev/null");

    record Result(int exit, String output) {
        boolean succeeded() {
            return exit == 0;
        }

        Result orThrow(String what) throws IOException {
            if (!succeeded()) {
                throw new IOException(what + " ended with " + exit + ": " + output.strip());
            }
            return this;
        }
    }

    Commands {
        prefix = List.copyOf(prefix);
    }

    Commands as(List<String> otherPrefix, Path otherFolder) {
        return new Commands(otherPrefix, otherFolder, output);
    }

    Result run(Duration limit, String... command) throws IOException {
        return run(limit, NOTHING, command);
    }

    Result run(Duration limit, File input, String... command) throws IOException {
        PrivateFile.write(output, "");
        Process process =
                builder(command)
                        .redirectInput(input)
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile())
                        .start();
        await(process, limit, command[0]);
        return new Result(process.exitValue(), Files.readString(output));
    }

    /**
     * Starts a program that stays; its standard input is a pipe that ends when this process does.
     */
    Process hold(String... command) throws IOException {
        return builder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private ProcessBuilder builder(String... command) {
        List<String> line = new ArrayList<>(prefix);
        line.addAll(List.of(command));
        ProcessBuilder builder = new ProcessBuilder(line).directory(folder.toFile());
        Map<String, String> environment = builder.environment();
        String path = Objects.requireNonNullElse(environment.get("PATH"), "/usr/bin:/bin");
        environment.clear();
        environment.putAll(Map.of("PATH", path, "LC_ALL", "C", "TZ", "UTC"));
        return builder;
    }

    private static void await(Process process, Duration limit, String name) throws IOException {
        try {
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
                throw new IOException(name + " did not end within " + limit);
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new InterruptedIOException(name + " was interrupted");
        }
    }
}
