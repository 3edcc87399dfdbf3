package dev.ibid.journeys;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.ibid.testing.Person;

import java.io.IOException;
import java.net.Socket;

/** An upload of a megabyte whose body stops in the middle, on a connection that stays open. */
final class HalfUpload implements AutoCloseable {

    private static final int WHOLE = 1 << 20;

    private final Socket socket;

    private HalfUpload(Socket socket) {
        this.socket = socket;
    }

    static HalfUpload send(Person person) throws IOException {
        Socket socket = new Socket(person.server().getHost(), person.server().getPort());
        String head =
                """
                POST /api/files HTTP/1.1\r
                Host: %s\r
                Authorization: Bearer %s\r
                Content-Type: multipart/form-data; boundary=half\r
                Content-Length: %d\r
                \r
                --half\r
                Content-Disposition: form-data; name="files"; filename="half.txt"\r
                Content-Type: text/plain\r
                \r
                """
                        .formatted(person.server().getAuthority(), person.accessToken(), WHOLE);
        socket.getOutputStream().write(head.getBytes(UTF_8));
        socket.getOutputStream().write("half a sentence ".repeat(WHOLE / 32).getBytes(UTF_8));
        socket.getOutputStream().flush();
        return new HalfUpload(socket);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
