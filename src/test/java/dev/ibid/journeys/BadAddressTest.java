package dev.ibid.journeys;

import static dev.ibid.journeys.Prober.refused;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;

import dev.ibid.json.Json;
import dev.ibid.testing.Answer;
import dev.ibid.testing.Ibid;
import dev.ibid.testing.Person;
import dev.ibid.testing.WithIbid;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

/** Paths, queries, methods and headers that no operation was meant to get. */
@WithIbid
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class BadAddressTest {

    private static final List<String> NO_IDS =
            List.of("x", "17", "%00", "..%2f..%2fetc", "null", "a".repeat(500), "%F0%9F%98%80");

    /** By the type that the contract wants. */
    private static final Map<String, List<String>> WRONG =
            Map.of(
                    "integer",
                    List.of("0", "-1", "101", "x", "", "1.5", "1e9", "9".repeat(30), "%00"),
                    "boolean",
                    List.of("maybe", "", "1", "%00"),
                    "uuid",
                    List.of("x", "", "%00", "%ff", "a".repeat(300)),
                    "string",
                    List.of("", "a".repeat(500)));

    private final Person person;
    private final Prober prober;
    private final RawHttp raw;
    private final Belongings mine;

    BadAddressTest(Ibid ibid) {
        this.person = ibid.newcomer();
        this.prober = new Prober(person);
        this.raw = new RawHttp(ibid.uri());
        this.mine = Belongings.of(person, "The lamp of the Halcyon pier is lit at dusk.");
    }

    @AfterAll
    void theServerIsAsWellAsBefore() {
        assertThat(person.get("/health").expect(200).text()).contains("\"ok\"");
        person.get("/api/me").expect(200);
    }

    @ParameterizedTest
    @MethodSource("withPathId")
    void refusesAnIdThatIsNone(PublishedApi.Operation operation) {
        byte[] body =
                operation.hasJsonBody() ? Json.bytes(SampleBodies.of(operation)) : new byte[0];
        for (String id : NO_IDS) {
            JsonNode problem = refused(400, prober.sendTo(operation, id, body, Prober.JSON));

            assertThat(operation.path()).contains("{" + problem.get("field").asText() + "}");
        }
    }

    @ParameterizedTest
    @MethodSource("wrongParameters")
    void namesAParameterThatIsWrong(PublishedApi.Operation operation, String name, String value) {
        String path = operation.at(UUID.randomUUID().toString());

        JsonNode problem = refused(400, person.get(path + "?" + name + "=" + value));

        assertThat(problem.get("field").asText()).isEqualTo(name);
        assertThat(problem.get("detail").asText()).matches("\\w+ (must|may) .+\\.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/files",
                "/api/collections",
                "/api/conversations",
                "/api/files/%s/chunks",
                "/api/conversations/%s/messages"
            })
    void refusesACursorThatItNeverGave(String list) {
        String path = list.formatted(mine.id(list.contains("files") ? "document" : "conversation"));
        for (String cursor : List.of("!!", "bm90IG91cnM", "MTIzfDQ1Ng", "%00", "x".repeat(401))) {
            JsonNode problem = refused(400, person.get(path + "?cursor=" + cursor));

            assertThat(problem.get("field").asText()).isEqualTo("cursor");
        }
    }

    @ParameterizedTest
    @MethodSource("dev.ibid.journeys.PublishedApi#operations")
    void tellsWhichMethodsAnAddressHas(PublishedApi.Operation operation) {
        List<String> allowed = PublishedApi.methodsAt(operation.path());
        String path = operation.at(UUID.randomUUID().toString());
        for (String method : List.of("GET", "POST", "PUT", "PATCH", "DELETE", "PROPFIND")) {
            if (!allowed.contains(method)) {
                Answer answer = person.send(method, path, BodyPublishers.noBody(), Map.of());

                refused(405, answer);
                assertThat(answer.header("Allow")).isEqualTo(String.join(", ", allowed));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api",
                "/api/",
                "/api/filez",
                "/api/files/1/2/3",
                "/API/FILES",
                "/.env",
                "/api/%2e%2e/%2e%2e/etc/passwd",
                "/WEB-INF/web.xml"
            })
    void hasNothingAtOtherAddresses(String path) {
        refused(404, person.get(path));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    GET /api/files/%zz HTTP/1.1                    | 400
                    GET /api/files/% HTTP/1.1                      | 400
                    GET /%ff%fe HTTP/1.1                           | 404
                    GET /api/files?limit=%zz HTTP/1.1              | 400
                    GET /api/../../etc/passwd HTTP/1.1             | 404
                    TRACE /api/files HTTP/1.1                      | 405
                    NONSENSE /api/files HTTP/1.1                   | 405
                    GET  HTTP/1.1                                  | 400
                    hello                                          | 400
                    """)
    void answersARequestLineThatNoBrowserSends(String line, int status) throws IOException {
        RawHttp.Raw answer = raw.send(line + "\r\n" + headers() + "\r\n");

        checkProblem(answer, status);
    }

    @Test
    void refusesHeadersThatAreTooLarge() throws IOException {
        String header = "X-Long: " + "x".repeat(20_000) + "\r\n";

        checkProblem(raw.send("GET /api/me HTTP/1.1\r\n" + header + headers() + "\r\n"), 431);
    }

    @Test
    void refusesAnAddressThatIsTooLong() throws IOException {
        String path = "/api/files?cursor=" + "x".repeat(10_000);

        checkProblem(raw.send("GET " + path + " HTTP/1.1\r\n" + headers() + "\r\n"), 414);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "*/*", "application/*", "text/html, */*;q=0.1"})
    void answersAQuestionAsJsonUnlessAStreamIsAskedFor(String accept) {
        Answer answer = ask(accept);

        assertThat(answer.expect(200).header("Content-Type")).startsWith("application/json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/html", "nonsense", ";;;,"})
    void refusesToAnswerAQuestionInAFormThatItDoesNotHave(String accept) {
        Answer answer = ask(accept);

        assertThat(refused(406, answer).get("detail").asText()).contains("application/json");
    }

    private Answer ask(String accept) {
        return person.send(
                "POST",
                "/api/chat",
                BodyPublishers.ofString("{\"message\": \"Is anybody there?\"}"),
                Map.of("Content-Type", "application/json", "Accept", accept));
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "-1", "1.5", "9999999999999999999999"})
    void refusesALastEventThatIsNoNumber(String lastEvent) {
        Answer answer =
                person.send(
                        "GET",
                        "/api/chat/" + UUID.randomUUID() + "/stream",
                        BodyPublishers.noBody(),
                        Map.of("Last-Event-ID", lastEvent));

        assertThat(refused(400, answer).get("field").asText()).isEqualTo("Last-Event-ID");
    }

    private String headers() {
        return "Host: localhost\r\nConnection: close\r\nAuthorization: Bearer "
                + person.accessToken()
                + "\r\n";
    }

    private static void checkProblem(RawHttp.Raw answer, int status) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
        assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(answer.header("X-Request-Id")).isNotEmpty();
        assertThat(answer.text()).contains("\"detail\"").doesNotContain("Exception");
    }

    private static Stream<PublishedApi.Operation> withPathId() {
        return PublishedApi.operations()
                .filter(operation -> !operation.parameters("path").isEmpty());
    }

    private static Stream<Arguments> wrongParameters() {
        return PublishedApi.operations()
                .flatMap(operation ->
                        operation.parameters("query").stream()
                                .flatMap(parameter ->
                                        wrong(parameter.get("schema")).stream()
                                                .map(value ->
                                                        Arguments.of(
                                                                operation,
                                                                PublishedApi.name(parameter),
                                                                value))));
    }

    private static List<String> wrong(JsonNode schema) {
        return WRONG.get(schema.path("format").asText(schema.get("type").asText())).stream()
                .filter(value -> !isWithin(schema, value))
                .toList();
    }

    /** Most numbers may be 100 at most. */
    private static boolean isWithin(JsonNode schema, String value) {
        return value.equals("101") && schema.path("maximum").asLong(100) > 100;
    }
}
