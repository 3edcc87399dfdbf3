package dev.ibid.models;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

@Timeout(60)
class LonelyStartTest {

    @TempDir private Path folder;

    private Path cache;
    private Path temporary;

    @BeforeEach
    void makeFolders() throws IOException {
        cache = folder.resolve("cache");
        temporary = Files.createDirectory(folder.resolve("tmp"));
    }

    @Test
    void startsWithoutHomeOrNetworkAndLeavesNoTemporaryFile() throws Exception {
        String output = start(Map.of());

        assertThat(output).contains("dimension=384 sockets=0");
        assertThat(filesIn(temporary)).isEmpty();
        assertThat(filesIn(cache)).singleElement().asString().contains("tokenizers");
    }

    /** Shows that the count above can be other than nought. */
    @Test
    void asksForASocketWhenTheEnvironmentInsistsOnIt() throws Exception {
        String output = start(Map.of("OPT_OUT_TRACKING", "false", "DJL_OFFLINE", "false"));

        assertThat(output).containsPattern("sockets=[1-9]");
    }

    private String start(Map<String, String> environment) throws IOException, InterruptedException {
        ProcessBuilder command =
                new ProcessBuilder(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "--enable-native-access=ALL-UNNAMED",
                                "-Duser.home=" + folder.resolve("nowhere"),
                                "-Djava.io.tmpdir=" + temporary,
                                "-XX:-UsePerfData",
                                "-cp",
                                System.getProperty("java.class.path"),
                                LonelyStart.class.getName(),
                                cache.toString()));
        command.environment()
                .keySet()
                .removeAll(List.of("HOME", "OPT_OUT_TRACKING", "DJL_OFFLINE", "DJL_CACHE_DIR"));
        command.environment().putAll(environment);
        Process process = command.redirectErrorStream(true).start();
        String output =
                new String(
                        process.getInputStream().readAllBytes(),
                        java.nio.charset.StandardCharsets.UTF_8);
        process.waitFor();
        return output;
    }

    private static List<Path> filesIn(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).toList();
        }
    }
}
