package dev.ibid.journeys;

import dev.ibid.testing.IbidProcess;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * What a server's heap holds once all garbage is collected: the sum of a histogram of its live
 * objects, which no allocation between the collection and the look can blur.
 */
record LiveHeap(IbidProcess server) {

    private static final long MIB = 1 << 20;

    long megabytes() {
        String total =
                histogram()
                        .lines()
                        .filter(line -> line.startsWith("Total"))
                        .findFirst()
                        .orElseThrow();
        String[] words = total.split("\\s+");
        return Long.parseLong(words[words.length - 1]) / MIB;
    }

    private String histogram() {
        String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        try {
            Process process =
                    new ProcessBuilder(jcmd, Long.toString(server.pid()), "GC.class_histogram")
                            .redirectErrorStream(true)
                            .start();
            return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
