package dev.ibid.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ibid.testing.Ibid;
import dev.ibid.testing.WithIbid;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

@WithIbid
final class RequestSmugglingTest {

    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.1 (\\d{3})");
    private final URI server;

    RequestSmugglingTest(Ibid ibid) {
        this.server = ibid.uri();
    }

    /**
     * The body of a request that declares none is the next request: a decoder that believes the
     * look-alike swallows it.
     */
    @ParameterizedTest
    @ValueSource(strings = {"Content-Xength", "Content-_ength", "content-0ength"})
    void doesNotTakeALookAlikeForContentLength(String header) throws IOException {
        String second =
                "GET /api/status/live HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";

        String answers =
                raw(
                        "GET /api/status/live HTTP/1.1\r\nHost: localhost\r\n"
                                + header
                                + ": "
                                + second.length()
                                + "\r\n\r\n"
                                + second);

        assertThat(statuses(answers)).containsExactly("200", "200");
    }

    @Test
    void refusesARequestWithBothLengthAndChunks() throws IOException {
        String answers =
                raw(
                        "POST /api/auth/login HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 4\r\n"
                                + "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /api/status/live HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");

        assertThat(statuses(answers)).hasSizeLessThanOrEqualTo(1).doesNotContain("200");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "chunked, identity",
                "identity, chunked",
                "xchunked",
                "chunked\r\nTransfer-Encoding: identity"
            })
    void refusesTransferEncodingsOtherThanChunked(String encoding) throws IOException {
        String answers =
                raw(
                        "POST /api/auth/login HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nTransfer-Encoding: "
                                + encoding
                                + "\r\n\r\n0\r\n\r\nGET /api/status/live HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");

        assertThat(statuses(answers)).doesNotContain("200");
    }

    @Test
    void refusesTwoDifferentLengths() throws IOException {
        String answers =
                raw(
                        "POST /api/auth/login HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\nContent-Length: 48\r\n\r\n"
                                + "GET /api/status/live HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");

        assertThat(statuses(answers)).doesNotContain("200");
    }

    private String raw(String bytes) throws IOException {
        try (Socket socket = new Socket(server.getHost(), server.getPort())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }

    private static java.util.List<String> statuses(String answers) {
        return STATUS.matcher(answers).results().map(match -> match.group(1)).toList();
    }
}
