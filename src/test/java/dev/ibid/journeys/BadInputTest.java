package dev.ibid.journeys;

import static dev.ibid.journeys.Prober.refused;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.ibid.json.Json;
import dev.ibid.testing.Answer;
import dev.ibid.testing.Ibid;
import dev.ibid.testing.Person;
import dev.ibid.testing.WithIbid;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** JSON that no operation was meant to get: each is refused in words that say what is wrong. */
@WithIbid
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class BadInputTest {

    private static final List<String> NO_JSON_OBJECT =
            List.of(
                    "null",
                    "[]",
                    "\"x\"",
                    "17",
                    "{\"a\":",
                    "{\"a\"}",
                    "{} {}",
                    "{,}",
                    "{/* nothing */}",
                    "{\"a\": 01}",
                    "{\"a\": NaN}",
                    "{\"\\ud800\": 1}",
                    "\u0000\u0000\u0000{",
                    "\u0000\u0000\u00ff\u00ff{}",
                    "{\"\u00ff\": 1",
                    "{\"a\": " + "9".repeat(100_000) + "}",
                    "[".repeat(100_000),
                    "{\"a\":".repeat(100_000));

    private static final List<String> STRANGE_NAMES =
            List.of("isAdmin", "userId", "__proto__", "a\\u0000b", "x".repeat(9999));

    /** By the type that the contract wants; the empty one is an enumeration. */
    private static final Map<String, List<String>> WRONG =
            Map.of(
                    "string", List.of("{}", "[]", "7", "1e999", "true", "null", "[\"x\"]"),
                    "integer", List.of("\"x\"", "{}", "[]", "true", "null", "1.5", "-1", "1e999"),
                    "number", List.of("\"x\"", "{}", "[]", "true", "null", "-0.1", "1e999"),
                    "boolean", List.of("\"true\"", "1", "{}", "[]", "null"),
                    "array", List.of("\"x\"", "{}", "7", "true", "null", "[7]", "[{}]", "[\"x\"]"),
                    "", List.of("{}", "[]", "7", "true", "null", "\"sideways\""));

    private final Person person;
    private final Prober prober;

    BadInputTest(Ibid ibid) {
        this.person = ibid.newcomer();
        this.prober = new Prober(person);
    }

    @AfterAll
    void theServerIsAsWellAsBefore() {
        assertThat(person.get("/health").expect(200).text()).contains("\"ok\"");
        person.get("/api/me").expect(200);
    }

    @ParameterizedTest
    @MethodSource("withJson")
    void refusesWhatIsNoJsonObject(PublishedApi.Operation operation) {
        for (String text : NO_JSON_OBJECT) {
            byte[] body = text.getBytes(StandardCharsets.ISO_8859_1);

            JsonNode problem = refused(400, prober.send(operation, body, Prober.JSON));

            assertThat(problem.get("field").asText()).isEqualTo("body");
        }
    }

    @ParameterizedTest
    @MethodSource("withJson")
    void asksForABodyWhereItNeedsOne(PublishedApi.Operation operation) {
        if (operation.needsBody()) {
            Answer answer = prober.send(operation, "");

            assertThat(refused(400, answer).get("field").asText()).isEqualTo("body");
        }
    }

    @ParameterizedTest
    @MethodSource("withJson")
    void refusesBodiesOfOtherTypes(PublishedApi.Operation operation) {
        byte[] body = Json.bytes(SampleBodies.of(operation));
        for (String type : List.of("text/plain", "application/xml", "application/jsonx", "*/*")) {
            refused(415, prober.send(operation, body, Map.of("Content-Type", type)));
        }

        refused(415, prober.send(operation, body, Map.of()));
    }

    @ParameterizedTest
    @MethodSource("withJson")
    void refusesMoreThanOneMebibyte(PublishedApi.Operation operation) {
        refused(413, prober.send(operation, "{\"a\": \"" + "x".repeat(1 << 20) + "\"}"));
    }

    @ParameterizedTest
    @MethodSource("withJson")
    void namesAFieldThatItDoesNotKnow(PublishedApi.Operation operation) {
        String body = SampleBodies.of(operation).toString();
        for (String name : STRANGE_NAMES) {
            String with = body.replaceFirst("}$", "").concat(",\"" + name + "\": 1}");

            JsonNode problem = refused(400, prober.send(operation, with));

            assertThat(problem.get("field").asText())
                    .isNotEmpty()
                    .hasSizeLessThan(110)
                    .startsWith(name.substring(0, 1));
        }
    }

    @ParameterizedTest
    @MethodSource("wrongValues")
    void namesAFieldOfTheWrongType(PublishedApi.Operation operation, String field, String wrong) {
        ObjectNode body = SampleBodies.of(operation);
        body.remove(field);
        String rest = body.toString().substring(1);
        String sent = "{\"" + field + "\":" + wrong + (rest.equals("}") ? rest : "," + rest);

        JsonNode problem = refused(400, prober.send(operation, sent));

        assertThat(problem.get("field").asText()).startsWith(field);
        assertThat(problem.get("detail").asText())
                .startsWith(field)
                .matches("[\\w.]+ (must|may) [^$^\\\\]+\\.");
    }

    @ParameterizedTest
    @MethodSource("withJson")
    void refusesAKeyThatComesTwice(PublishedApi.Operation operation) {
        String body = SampleBodies.of(operation).toString();
        String twice = body.replaceFirst("}$", ",") + body.substring(1);

        JsonNode problem = refused(400, prober.send(operation, twice));

        assertThat(problem.get("field").asText()).isEqualTo("body");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    register         | email          | "nobody" | email must be an e-mail address.
                    register         | password       | ""       | password must not be empty.
                    changePassword   | newPassword    | "short"  | newPassword must have at least 10 characters.
                    search           | limit          | 101      | limit must be at most 100.
                    search           | limit          | 0        | limit must be at least 1.
                    search           | limit          | 1.5      | limit must be a whole number.
                    search           | query          | 17       | query must be text.
                    search           | documentIds    | ["x"]    | documentIds.0 must be an id (a UUID).
                    chat             | conversationId | "mine"   | conversationId must be an id (a UUID).
                    giveFeedback     | rating         | "great"  | rating must be one of up, down.
                    createCollection | name           | " "      | name must not be blank or otherwise malformed.
                    search           | colour         | "red"    | colour is not a field that this operation knows.
                    """,
            quoteCharacter = '`')
    void saysWhatIsWrongInWordsForAPerson(String id, String field, String value, String sentence) {
        PublishedApi.Operation operation = PublishedApi.operation(id);
        ObjectNode body = SampleBodies.of(operation);
        body.set(field, Json.read(value, JsonNode.class));

        JsonNode problem = refused(400, prober.send(operation, body.toString()));

        assertThat(problem.get("detail").asText()).isEqualTo(sentence);
    }

    @ParameterizedTest
    @FieldSource("STRANGE_TEXTS")
    void whatItKeepsComesBackAsItWasAnswered(String text) {
        String name = "{\"name\": \"" + text + "\"}";
        String title = "{\"title\": \"" + text + "\"}";

        Answer collection = prober.send(PublishedApi.operation("createCollection"), name);
        Answer conversation = prober.send(PublishedApi.operation("createConversation"), title);
        Answer chat =
                prober.send(PublishedApi.operation("chat"), title.replace("title", "message"));

        assertThat(sameAfterwards(collection, "/api/collections/")).isTrue();
        assertThat(sameAfterwards(conversation, "/api/conversations/")).isTrue();
        assertThat(chat.status()).as(chat.text()).isIn(200, 400);
        assertThat(chat.text()).doesNotContain("\\u0000", "\u0000");
    }

    private static final List<String> STRANGE_TEXTS =
            List.of(
                    "a\\u0000b",
                    "\\u0000",
                    "\\u0001",
                    "\\ud800",
                    "a\\udc00\\ud800b",
                    "\\u2028",
                    "\\u200b",
                    "\\uffff\\ufffe",
                    "\\u202etxt.exe",
                    "x\\u0085y\\u001b[31m",
                    "\\n\\ndata: {\\\"done\\\": true}\\n\\n",
                    "${jndi:ldap://127.0.0.1/x} {{7*7}} %n",
                    "'; DROP TABLE documents; --",
                    "<script>alert(1)</script>",
                    "e" + "\\u0301".repeat(150));

    /** Refused, or kept and given back just as it was answered. */
    private boolean sameAfterwards(Answer made, String path) {
        if (made.status() == 400) {
            refused(400, made);
            return true;
        }
        JsonNode kept = made.expect(201).json();
        JsonNode read = person.get(path + kept.get("id").asText()).expect(200).json();
        assertThat(kept.path("name").asText(kept.path("title").asText())).isNotBlank();
        return read.equals(kept);
    }

    private static Stream<PublishedApi.Operation> withJson() {
        return PublishedApi.operations().filter(PublishedApi.Operation::hasJsonBody);
    }

    private static Stream<Arguments> wrongValues() {
        return withJson()
                .flatMap(operation ->
                        operation
                                .jsonBody()
                                .get("properties")
                                .propertyStream()
                                .flatMap(field ->
                                        WRONG.get(field.getValue().path("type").asText()).stream()
                                                .map(wrong ->
                                                        Arguments.of(
                                                                operation,
                                                                field.getKey(),
                                                                wrong))));
    }
}
