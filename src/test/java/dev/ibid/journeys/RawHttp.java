package dev.ibid.journeys;

import org.awaitility.Awaitility;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Bytes on a socket, for requests that no decent client sends. */
final class RawHttp {

    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[01] (\\d{3})");
    private static final int PATIENCE_MILLIS = 20_000;

    private final URI server;

    RawHttp(URI server) {
        this.server = server;
    }

    /** What the server answered until it closed the connection. */
    record Raw(String text) {

        int status() {
            Matcher status = STATUS.matcher(text);
            return status.find() ? Integer.parseInt(status.group(1)) : 0;
        }

        String header(String name) {
            Matcher header =
                    Pattern.compile("\r\n" + name.toLowerCase(Locale.ROOT) + ": ([^\r]*)\r\n")
                            .matcher(text.toLowerCase(Locale.ROOT));
            return header.find() ? header.group(1) : "";
        }

        String body() {
            return text.substring(text.indexOf("\r\n\r\n") + 4);
        }
    }

    /** Writes while nobody reads the answer, as most clients do, and only then reads it. */
    Raw send(byte[]... pieces) throws IOException {
        try (Socket socket = connect()) {
            try {
                for (byte[] piece : pieces) {
                    socket.getOutputStream().write(piece);
                }
            } catch (SocketException refused) {
                // The answer may be there all the same.
            }
            return new Raw(read(socket));
        }
    }

    Raw send(String head) throws IOException {
        return send(head.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Writes, waits until the server has got that far, and is gone without a farewell. */
    void sendAndVanish(Callable<Boolean> arrived, byte[]... pieces) throws IOException {
        try (Socket socket = connect()) {
            socket.setSoLinger(true, 0);
            for (byte[] piece : pieces) {
                socket.getOutputStream().write(piece);
            }
            Awaitility.await().until(arrived);
        }
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket(server.getHost(), server.getPort());
        socket.setSoTimeout(PATIENCE_MILLIS);
        return socket;
    }

    private static String read(Socket socket) throws IOException {
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        try {
            socket.getInputStream().transferTo(answer);
        } catch (SocketException reset) {
            // What came before it is the answer.
        }
        return answer.toString(StandardCharsets.UTF_8);
    }
}
