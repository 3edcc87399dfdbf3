package dev.ibid.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

@Timeout(60)
class PatienceTest {

    private static final Duration SHORT = Duration.ofMillis(600);
    private static final Duration LONG = Duration.ofMinutes(5);
    private static final String UPLOAD =
            "POST /api/upload HTTP/1.1\r\nHost: localhost\r\nContent-Type: multipart/form-data; boundary=x\r\nContent-Length: 100000\r\n\r\n";

    @Test
    void aHeadThatDripsIsRefusedAfterAWhole() throws IOException {
        try (TestDoor door = door(new Patience(SHORT, LONG, LONG, 1, LONG));
                Socket socket = door.connect()) {
            String answer = drip(socket, "GET /api/who HTTP/1.1\r\nX-Slow: ");

            assertThat(answer).startsWith("HTTP/1.1 408").contains("urn:ibid:problem:too_slow");
            assertThat(answer).containsIgnoringCase("x-content-type-options: nosniff");
        }
    }

    @Test
    void aSecondHeadThatDripsIsRefusedToo() throws IOException {
        try (TestDoor door = door(new Patience(SHORT, LONG, LONG, 1, LONG));
                Socket socket = door.connect()) {
            String answers =
                    drip(
                            socket,
                            "GET /api/who HTTP/1.1\r\nHost: localhost\r\n\r\nGET /api/who HTTP/1.1\r\nX-Slow: ");

            assertThat(answers).startsWith("HTTP/1.1 200").contains("HTTP/1.1 408");
        }
    }

    @Test
    void aConnectionMayRestBetweenRequestsLongerThanAHeadMayTake() throws IOException {
        Patience patience =
                new Patience(Duration.ofMillis(100), LONG, LONG, 1, SHORT.multipliedBy(4));
        try (TestDoor door = door(patience);
                Socket socket = door.connect();
                Socket unfinished = door.connect()) {
            TestDoor.write(unfinished, "GET");
            TestDoor.rest(unfinished);

            TestDoor.write(
                    socket,
                    "GET /api/who HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");

            assertThat(TestDoor.rest(socket)).startsWith("HTTP/1.1 200");
        }
    }

    @Test
    void aJsonBodyThatDripsIsRefused() throws IOException {
        try (TestDoor door = door(new Patience(LONG, SHORT, LONG, 1, LONG));
                Socket socket = door.connect()) {
            String answer =
                    drip(
                            socket,
                            "POST /api/json HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 100000\r\n\r\n{");

            assertThat(answer).startsWith("HTTP/1.1 408").contains("urn:ibid:problem:too_slow");
        }
    }

    @Test
    void anUploadThatStopsIsRefused() throws IOException {
        try (TestDoor door = door(new Patience(LONG, LONG, SHORT, 1, LONG));
                Socket socket = door.connect()) {
            TestDoor.write(socket, UPLOAD + "--x\r\n");

            assertThat(TestDoor.rest(socket)).startsWith("HTTP/1.1 408");
        }
    }

    @Test
    void anUploadThatNeverStopsButDripsIsRefused() throws IOException {
        try (TestDoor door = door(new Patience(LONG, LONG, SHORT, 1 << 20, LONG));
                Socket socket = door.connect()) {
            String answer = drip(socket, UPLOAD);

            assertThat(answer).startsWith("HTTP/1.1 408");
        }
    }

    @Test
    void anUploadThatKeepsItsPaceMayTakeLong() throws IOException {
        try (TestDoor door = door(new Patience(LONG, LONG, SHORT, 10, LONG));
                Socket socket = door.connect()) {
            String answer = drip(socket, UPLOAD.replace("100000", "40\r\nConnection: close"));

            assertThat(answer).startsWith("HTTP/1.1 200").contains("{\"bytes\":40}");
        }
    }

    /** A second connection that rests tells when the limit has passed. */
    @Test
    void anAnswerMayTakeLongerThanAConnectionMayRest() throws Exception {
        try (TestDoor door = door(new Patience(LONG, LONG, LONG, 1, SHORT));
                Socket waiting = door.connect()) {
            TestDoor.write(
                    waiting,
                    "GET /api/slow HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
            door.asked.await();
            for (int times = 0; times < 2; times++) {
                try (Socket resting = door.connect()) {
                    assertThat(TestDoor.rest(resting)).isEmpty();
                }
            }

            door.answer.countDown();

            assertThat(TestDoor.rest(waiting)).startsWith("HTTP/1.1 200");
        }
    }

    @Test
    void whoDoesNotTakeAnAnswerLosesIt() throws IOException {
        try (TestDoor door = door(new Patience(LONG, LONG, LONG, 1, SHORT));
                Socket stubborn = door.connect()) {
            TestDoor.write(stubborn, "GET /api/long HTTP/1.1\r\nHost: localhost\r\n\r\n");
            stubborn.getInputStream().readNBytes(12);
            for (int times = 0; times < 3; times++) {
                try (Socket resting = door.connect()) {
                    TestDoor.rest(resting);
                }
            }

            assertThat(TestDoor.rest(stubborn).length()).isLessThan(TestDoor.LONG.length());
        }
    }

    @Test
    void fiveHundredThatDripDoNotKeepOthersOut() throws IOException {
        List<Socket> slow = new ArrayList<>();
        try (TestDoor door = door(new Patience(LONG, LONG, LONG, 1, LONG))) {
            for (int number = 0; number < 500; number++) {
                Socket socket = door.connect();
                slow.add(socket);
                TestDoor.write(socket, "GET /api/who HTTP/1.1\r\nX-Slow: ");
            }

            assertThat(door.ask("GET", "/api/who", "Host: localhost")).startsWith("HTTP/1.1 200");
        } finally {
            for (Socket socket : slow) {
                socket.close();
            }
        }
    }

    private static TestDoor door(Patience patience) {
        return TestDoor.open(TestDoor.config(List.of(), "", patience));
    }

    /** A byte every 50 ms, until the server has had enough. */
    private static String drip(Socket socket, String begin) throws IOException {
        TestDoor.write(socket, begin);
        try (ScheduledExecutorService dropper = Executors.newSingleThreadScheduledExecutor()) {
            ScheduledFuture<?> _ =
                    dropper.scheduleWithFixedDelay(
                            () -> drop(socket), 50, 50, TimeUnit.MILLISECONDS);
            try {
                return TestDoor.rest(socket);
            } finally {
                dropper.shutdownNow();
            }
        }
    }

    private static void drop(Socket socket) {
        try {
            TestDoor.write(socket, "a");
        } catch (SocketException closed) {
            throw new IllegalStateException(closed);
        } catch (IOException lost) {
            throw new java.io.UncheckedIOException(lost);
        }
    }
}
