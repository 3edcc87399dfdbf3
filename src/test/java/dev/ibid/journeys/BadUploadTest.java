package dev.ibid.journeys;

import static dev.ibid.journeys.Prober.refused;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.filter.ThresholdFilter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;

import com.fasterxml.jackson.databind.JsonNode;

import dev.ibid.testing.Answer;
import dev.ibid.testing.Ibid;
import dev.ibid.testing.Person;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Uploads that are broken, too large, cut off, or named to do harm. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class BadUploadTest {

    private static final int TEN_MEBIBYTES = 10 << 20;
    private static final String TYPE = "multipart/form-data; boundary=" + Form.BOUNDARY;

    private static final Logger SERVER_LOG = (Logger) LoggerFactory.getLogger("dev.ibid");

    private final Path house;
    private final Path uploads;
    private final Ibid ibid;
    private final Person person;
    private final RawHttp raw;
    private final Set<Path> furniture;
    private final ListAppender<ILoggingEvent> errors = new ListAppender<>();

    BadUploadTest(@TempDir Path house) throws IOException {
        this.house = house;
        this.uploads = house.resolve("data/originals");
        this.ibid = Ibid.start(house.resolve("data"), Map.of());
        this.person = ibid.newcomer();
        this.raw = new RawHttp(ibid.uri());
        this.furniture = filesOutsideTheStores();
        watchForErrors();
    }

    @AfterAll
    void close() {
        SERVER_LOG.detachAppender(errors);
        ibid.close();
    }

    @AfterEach
    void nothingIsLeftLyingAboutAndTheServerIsWell() throws IOException {
        Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> incoming().isEmpty());
        assertThat(filesOutsideTheStores()).isEqualTo(furniture);
        assertThat(originals())
                .allMatch(file -> file.toString().matches("[0-9a-f]{2}/[0-9a-f-]{36}"));
        assertThat(errors.list).isEmpty();
        assertThat(person.get("/health").expect(200).text()).contains("\"ok\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "multipart/form-data",
                "multipart/form-data; boundary=",
                "multipart/form-data; boundary=\"\"",
                "multipart/form-data; boundary=another-one",
                "multipart/form-data; boundary=a%20b%0d%0a"
            })
    void refusesAWrongBoundary(String type) {
        refused(400, send(type, Form.begin().file("a.txt", "Text.").end()));
    }

    @Test
    void refusesABoundaryThatIsTooLong() {
        String boundary = "b".repeat(71);

        refused(400, send("multipart/form-data; boundary=" + boundary, new byte[0]));
        refused(400, send("multipart/form-data; boundary=" + boundary, Form.begin().end()));
    }

    @Test
    void refusesABoundaryOfAMegabyteAtOnce() throws IOException {
        String type = "multipart/form-data; boundary=" + "b".repeat(1 << 20);

        RawHttp.Raw answer = raw.send(head(type, "Content-Length: 9"));

        assertThat(answer.status()).isEqualTo(431);
    }

    @ParameterizedTest
    @MethodSource("dev.ibid.journeys.BadForms#broken")
    void refusesAFormThatIsBroken(String what, byte[] form, int status) {
        refused(status, send(TYPE, form));

        assertThat(person.get("/api/files?limit=100").text()).doesNotContain("broken.txt");
    }

    @Test
    void takesTheGoodFileAndSaysWhatIsWrongWithTheBadOne() {
        byte[] form = Form.begin().file("bad.exe", "MZ").file("good.txt", "A good one.").end();

        JsonNode answer = send(TYPE, form).expect(202).json();

        assertThat(answer.at("/files/0/name").asText()).isEqualTo("good.txt");
        assertThat(answer.at("/rejected/0/name").asText()).isEqualTo("bad.exe");
        assertThat(answer.at("/rejected/0/problem/status").asInt()).isEqualTo(415);
    }

    @Test
    void takesAFileOfExactlyTheLimit() {
        Answer answer = send(TYPE, Form.begin().file("full.txt", text(TEN_MEBIBYTES)).end());

        String id = answer.expect(202).json().at("/files/0/id").asText();
        assertThat(answer.json().at("/files/0/bytes").asInt()).isEqualTo(TEN_MEBIBYTES);
        person.delete("/api/files/" + id).expect(204);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void refusesAFileThatIsOneByteTooLong(boolean chunked) {
        byte[] form = Form.begin().file("over.txt", text(TEN_MEBIBYTES + 1)).end();

        JsonNode problem = refused(413, chunked ? sendChunked(form) : send(TYPE, form));

        assertThat(problem.get("type").asText()).endsWith("file_too_large");
    }

    @Test
    void refusesAnUploadThatIsTooLongInAll() {
        byte[] form = Form.begin().file("over.txt", text(6 * TEN_MEBIBYTES)).end();

        JsonNode problem = refused(413, sendChunked(form));

        assertThat(problem.get("type").asText()).endsWith("request_too_large");
    }

    @Test
    void refusesAnAnnouncedLengthBeforeTheBodyArrives() throws IOException {
        RawHttp.Raw answer = raw.send(head(TYPE, "Content-Length: 999999999"));

        assertThat(answer.status()).isEqualTo(413);
        assertThat(answer.text()).contains("request_too_large");
    }

    @Test
    void refusesAStrangerBeforeTheBodyArrives() throws IOException {
        String head = head(TYPE, "Content-Length: 99999").replace("Bearer ", "Bearer x");

        assertThat(raw.send(head).status()).isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "9223372036854775808", "12x", "1, 2", "+5"})
    void refusesALengthThatIsNone(String length) throws IOException {
        assertThat(raw.send(head(TYPE, "Content-Length: " + length)).status()).isEqualTo(400);
    }

    @Test
    void refusesABodyThatIsLongerThanItsLength() throws IOException {
        byte[] form = Form.begin().file("broken.txt", "Text.").end();
        byte[] head = latin(head(TYPE, "Content-Length: " + (form.length - 40)));

        assertThat(raw.send(head, form).status()).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(ints = {300, 100_000, 5_000_000})
    void keepsNothingOfAnUploadWhoseClientLeft(int sent) throws IOException {
        byte[] form = Form.begin().file("broken.txt", text(TEN_MEBIBYTES)).end();
        byte[] head = latin(head(TYPE, "Content-Length: " + form.length));

        raw.sendAndVanish(() -> !incoming().isEmpty(), head, Arrays.copyOf(form, sent));

        Awaitility.await().until(() -> incoming().isEmpty());
        assertThat(person.get("/api/files?limit=100").text()).doesNotContain("broken.txt");
    }

    @ParameterizedTest
    @FieldSource("dev.ibid.journeys.BadForms#HARMFUL_NAMES")
    void aNameCanDoNoHarm(String name) {
        byte[] form = Form.begin().file(name, "Named " + name + ".").end();

        Answer answer = send(TYPE, form);

        if (answer.status() == 202) {
            checkHarmless(answer.json().at("/files/0"));
        } else {
            assertThat(answer.status()).as(name).isIn(400, 415);
            ProblemShape.check(answer);
        }
    }

    private void checkHarmless(JsonNode document) {
        String name = document.get("name").asText();
        assertThat(name).isNotBlank().hasSizeLessThanOrEqualTo(255);
        assertThat(name).doesNotContainPattern("[/\\\\\\p{Cc}\\p{Cs}\u202a-\u202e\u2066-\u2069]");
        String path = "/api/files/" + document.get("id").asText();
        assertThat(person.get(path).json().get("name").asText()).isEqualTo(name);
        Answer download = person.get(path + "/content").expect(200);
        assertThat(download.header("Content-Disposition"))
                .matches("attachment; filename\\*=UTF-8''[A-Za-z0-9%._~-]+");
        assertThat(download.header("Content-Security-Policy")).contains("sandbox");
        assertThat(download.header("Set-Cookie")).isEmpty();
    }

    private Answer send(String type, byte[] form) {
        return person.send(
                "POST",
                "/api/files",
                BodyPublishers.ofByteArray(form),
                Map.of("Content-Type", type));
    }

    private Answer sendChunked(byte[] form) {
        return person.send(
                "POST",
                "/api/files",
                BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(form)),
                Map.of("Content-Type", TYPE));
    }

    private String head(String type, String length) {
        return "POST /api/files HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nAuthorization: Bearer "
                + person.accessToken()
                + "\r\nContent-Type: "
                + type
                + "\r\n"
                + length
                + "\r\n\r\n";
    }

    private static byte[] latin(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte[] text(int bytes) {
        return latin("The tide turns. ".repeat(bytes / 16 + 1).substring(0, bytes));
    }

    /** What the client does wrong is no error of the server's. */
    private void watchForErrors() {
        ThresholdFilter onlyErrors = new ThresholdFilter();
        onlyErrors.setLevel("ERROR");
        onlyErrors.start();
        errors.addFilter(onlyErrors);
        errors.start();
        SERVER_LOG.addAppender(errors);
    }

    private List<Path> incoming() throws IOException {
        try (Stream<Path> files = Files.list(uploads.resolve("incoming"))) {
            return files.toList();
        }
    }

    private List<Path> originals() throws IOException {
        try (Stream<Path> files = Files.walk(uploads)) {
            return files.filter(Files::isRegularFile)
                    .map(uploads::relativize)
                    .filter(file -> !file.equals(Path.of("installation")))
                    .toList();
        }
    }

    /** Everything in and beside the data directory but what the stores write of their own. */
    private Set<Path> filesOutsideTheStores() throws IOException {
        try (Stream<Path> files = Files.walk(house, 2)) {
            return files.collect(Collectors.toSet());
        }
    }
}
