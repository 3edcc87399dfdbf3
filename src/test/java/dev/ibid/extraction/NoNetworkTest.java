package dev.ibid.extraction;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

class NoNetworkTest {

    @TempDir private Path folder;

    @Test
    void theParserReachesNobody() throws Exception {
        AtomicInteger reached = new AtomicInteger();

        assertThat(waysThrough(reached)).isZero();
        assertThat(reached).hasValue(0);
    }

    @Test
    void anyOtherProcessReachesUsOnAllWays() throws Exception {
        AtomicInteger reached = new AtomicInteger();

        assertThat(waysThrough(reached, "free")).isEqualTo(Caller.ways());
        assertThat(reached).hasPositiveValue();
    }

    private int waysThrough(AtomicInteger reached, String... arguments) throws Exception {
        HttpServer canary =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 9);
        canary.createContext(
                "/",
                exchange -> {
                    reached.incrementAndGet();
                    exchange.sendResponseHeaders(204, -1);
                });
        canary.start();
        List<String> command =
                new ArrayList<>(ParserProcess.command(ParserSettings.in(folder, Ocr.OFF), folder));
        command.set(command.size() - 1, Caller.class.getName());
        command.add(String.valueOf(canary.getAddress().getPort()));
        command.addAll(List.of(arguments));
        Process caller =
                new ProcessBuilder(command)
                        .inheritIO()
                        .redirectInput(ProcessBuilder.Redirect.PIPE)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
        try {
            return caller.waitFor();
        } finally {
            canary.stop(0);
        }
    }
}
