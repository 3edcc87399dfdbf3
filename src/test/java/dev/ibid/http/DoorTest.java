package dev.ibid.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.util.List;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DoorTest {

    private final TestDoor door = TestDoor.open();
    private final TestDoor local =
            TestDoor.open(
                    TestDoor.config(List.of("https://chat.example.org"), "", Patience.USUAL)
                            .forLocalUse());
    private final TestDoor behindProxy =
            TestDoor.open(
                    TestDoor.config(
                            List.of("https://chat.example.org"),
                            "127.0.0.1, 10.0.0.0/8,fd00::/8",
                            Patience.USUAL));

    @AfterAll
    void close() {
        door.close();
        local.close();
        behindProxy.close();
    }

    @Test
    void givesTheHeadersOfWhatCanBeRead() throws IOException {
        String whole = door.ask("GET", "/api/who", "Host: localhost");

        String head = door.ask("HEAD", "/api/who", "Host: localhost");

        assertThat(head).startsWith("HTTP/1.1 200").endsWith("\r\n\r\n");
        assertThat(head).contains("content-length: " + body(whole).length());
        assertThat(door.ask("HEAD", "/api/json", "Host: localhost")).startsWith("HTTP/1.1 405");
    }

    @ParameterizedTest
    @CsvSource({
        "application/json, 200",
        "text/event-stream, 200",
        "text/*;q=0.5, 200",
        "'text/html, */*;q=0.1', 200",
        "text/html, 406",
        "application/json;q=0, 406",
        "nonsense, 406"
    })
    void whereThereIsAChoiceOnlyWhatIsOfferedCanBeAskedFor(String accept, int status)
            throws IOException {
        assertThat(door.ask("POST", "/api/choice", "Host: localhost", "Accept: " + accept))
                .startsWith("HTTP/1.1 " + status);
        assertThat(door.ask("GET", "/api/who", "Host: localhost", "Accept: " + accept))
                .startsWith("HTTP/1.1 200");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "LOCALHOST:3001",
                "127.0.0.1:3001",
                "127.1.2.3",
                "[::1]:3001",
                "ibid.localhost",
                "chat.example.org"
            })
    void inLocalModeAnswersToTheNamesOfThisMachine(String host) throws IOException {
        assertThat(local.ask("GET", "/api/who", "Host: " + host)).startsWith("HTTP/1.1 200");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.example",
                "localhost.evil.example",
                "127.0.0.1.evil.example",
                "192.0.2.1:3001",
                "1.2.3.4",
                ""
            })
    void inLocalModeAnswersToNoOtherName(String host) throws IOException {
        for (String path : List.of("/api/who", "/api/docs/", "/nowhere")) {
            String answer = local.ask("GET", path, "Host: " + host);

            assertThat(answer).startsWith("HTTP/1.1 4").doesNotStartWith("HTTP/1.1 404");
            assertThat(answer).contains("urn:ibid:problem:").doesNotContain("\"client\"");
        }
    }

    @Test
    void inProductionAnswersToAnyName() throws IOException {
        assertThat(door.ask("GET", "/api/who", "Host: chat.example.org"))
                .startsWith("HTTP/1.1 200");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://ibid.example:8080", "https://ibid.example:8080"})
    void aPageOfOurOwnIsNotTakenForAnotherSites(String origin) throws IOException {
        String answer =
                behindProxy.ask("GET", "/api/who", "Host: ibid.example:8080", "Origin: " + origin);

        assertThat(answer).startsWith("HTTP/1.1 200");
    }

    @Test
    void aSiteThatIsNamedMayCall() throws IOException {
        String answer =
                behindProxy.ask(
                        "GET",
                        "/api/who",
                        "Host: ibid.example",
                        "Origin: https://chat.example.org");

        assertThat(answer)
                .startsWith("HTTP/1.1 200")
                .contains("access-control-allow-origin: https://chat.example.org");
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://evil.example", "null", "not an origin"})
    void aSiteThatIsNotNamedIsToldSo(String origin) throws IOException {
        String answer =
                behindProxy.ask("GET", "/api/who", "Host: ibid.example", "Origin: " + origin);

        assertThat(answer)
                .startsWith("HTTP/1.1 403")
                .contains("urn:ibid:problem:origin_not_allowed")
                .doesNotContain("access-control-allow-origin");
    }

    @ParameterizedTest
    @CsvSource({
        "'203.0.113.9', 203.0.113.9",
        "'1.1.1.1, 203.0.113.9', 203.0.113.9",
        "'1.1.1.1, 203.0.113.9, 10.1.2.3', 203.0.113.9",
        "'203.0.113.9:4711', 203.0.113.9",
        "'[2001:db8::1]:4711', 2001:db8::1",
        "'10.1.1.1, 10.1.2.3', 10.1.1.1",
        "'203.0.113.9, unknown', 127.0.0.1",
        "'', 127.0.0.1"
    })
    void aTrustedProxyNamesTheClient(String forwarded, String client) throws IOException {
        String answer =
                behindProxy.ask(
                        "GET", "/api/who", "Host: localhost", "X-Forwarded-For: " + forwarded);

        assertThat(answer).contains("\"client\":\"" + client + "\"").contains("\"local\":false");
    }

    @Test
    void nobodyElseDoes() throws IOException {
        String answer =
                door.ask("GET", "/api/who", "Host: localhost", "X-Forwarded-For: 203.0.113.9");

        assertThat(answer).contains("\"client\":\"127.0.0.1\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "X-Forwarded-For: 127.0.0.1",
                "Forwarded: for=127.0.0.1",
                "X-Real-IP: 127.0.0.1",
                "Via: 1.1 nginx"
            })
    void aProxyOnThisMachineIsNotThisMachineAsking(String header) throws IOException {
        assertThat(door.ask("GET", "/api/who", "Host: localhost")).contains("\"local\":true");
        assertThat(door.ask("GET", "/api/who", "Host: localhost", header))
                .contains("\"local\":false");
    }

    private static String body(String answer) {
        return answer.substring(answer.indexOf("\r\n\r\n") + 4);
    }
}
