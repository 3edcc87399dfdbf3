package dev.ibid.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import static java.util.Map.entry;

import com.fasterxml.jackson.databind.JsonNode;

import dev.ibid.testing.Answer;
import dev.ibid.testing.Ibid;
import dev.ibid.testing.Person;
import dev.ibid.testing.WithIbid;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;

/** Every operation once, as it is meant to be used, and held against what the contract promises. */
@WithIbid
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ContractTest {

    /** How each operation is used; a new one is to be entered here. */
    private static final Map<String, Function<ContractTest, Answer>> CALLS =
            Map.ofEntries(
                    entry("register", test -> test.sign("register", SampleBodies.freshEmail())),
                    entry("login", test -> test.sign("login", test.person.email())),
                    entry("refresh", test -> test.refresh(test.ibid.newcomer())),
                    entry("logout", test -> test.logout(test.ibid.newcomer())),
                    entry("changePassword", test -> test.changePassword(test.ibid.newcomer())),
                    entry("getMe", test -> test.get("/api/me")),
                    entry(
                            "updateMe",
                            test -> test.body("PATCH", "/api/me", "timeZone", "Asia/Tokyo")),
                    entry("uploadFiles", test -> test.upload()),
                    entry("listFiles", test -> test.get("/api/files?limit=1")),
                    entry("getFile", test -> test.get("/api/files/" + test.id("document"))),
                    entry("deleteFile", test -> test.deleteFile()),
                    entry("getFileContent", test -> test.of("document", "/api/files/%s/content")),
                    entry("listFileChunks", test -> test.of("document", "/api/files/%s/chunks")),
                    entry("createCollection", test -> test.makeCollection()),
                    entry("listCollections", test -> test.get("/api/collections")),
                    entry("getCollection", test -> test.of("collection", "/api/collections/%s")),
                    entry("updateCollection", test -> test.renameCollection()),
                    entry("deleteCollection", test -> test.deleteCollection()),
                    entry(
                            "search",
                            test -> test.body("POST", "/api/search", "query", "high water")),
                    entry("chat", test -> test.body("POST", "/api/chat", "message", "High water?")),
                    entry("streamMessage", test -> test.of("answer", "/api/chat/%s/stream")),
                    entry("stopMessage", test -> test.stop()),
                    entry("listConversations", test -> test.get("/api/conversations?q=water")),
                    entry("createConversation", test -> test.begin()),
                    entry(
                            "getConversation",
                            test -> test.of("conversation", "/api/conversations/%s")),
                    entry("updateConversation", test -> test.archive()),
                    entry("deleteConversation", test -> test.deleteConversation()),
                    entry(
                            "listMessages",
                            test -> test.of("conversation", "/api/conversations/%s/messages")),
                    entry("giveFeedback", test -> test.rate()),
                    entry("getTrace", test -> test.of("answer", "/api/messages/%s/trace")),
                    entry("verifyIndex", test -> test.work("verify")),
                    entry("rebuildIndex", test -> test.work("rebuild")),
                    entry("getIndexTask", test -> test.indexTask()),
                    entry("getHealth", test -> test.get("/api/status/health")),
                    entry("getHealthShort", test -> test.get("/health")),
                    entry("getLive", test -> test.get("/api/status/live")),
                    entry("getReady", test -> test.get("/api/status/ready")),
                    entry("getReadyShort", test -> test.get("/ready")),
                    entry("getDetailed", test -> test.stranger("/api/status/detailed")),
                    entry("getMetrics", test -> test.get("/api/status/metrics")));

    private final Ibid ibid;
    private final Person person;
    private final Belongings mine;

    ContractTest(Ibid ibid) {
        this.ibid = ibid;
        this.person = ibid.newcomer();
        this.mine = Belongings.of(person, "High water at the Halcyon pier is at noon.");
    }

    @ParameterizedTest
    @MethodSource("dev.ibid.journeys.PublishedApi#operations")
    void answersAsTheContractSays(PublishedApi.Operation operation) {
        assertThat(CALLS).as("how it is used").containsKey(operation.id());

        Answer answer = CALLS.get(operation.id()).apply(this);

        assertThat(answer.status()).as(answer.text()).isBetween(200, 299);
        ProblemShape.checkHeaders(answer);
        JsonNode promised = operation.response(answer.status());
        assertThat(promised.isMissingNode()).as("status " + answer.status()).isFalse();
        checkContent(answer, promised.path("content"));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void refusesWithAWholeProblem(int status, Function<ContractTest, Answer> call) {
        Answer refused = call.apply(this).expect(status);

        ProblemShape.check(refused);
    }

    @Test
    void aStreamEndsWithWhatThePlainAnswerHolds() {
        List<Person.Event> events = person.chatEvents(Map.of("message", "When is high water?"));

        JsonNode message = events.getLast().data().get("message");
        assertThat(events.getLast().name()).isEqualTo("done");
        assertThat(PublishedApi.violations(messageSchema(), message)).isEmpty();
        assertThat(message.get("citations")).isNotEmpty();
    }

    @Test
    void theContractIsServedAsItIsChecked() {
        Answer served = person.get("/api/openapi.yaml").expect(200);

        PublishedApi.operations()
                .forEach(operation ->
                        assertThat(served.text()).contains("operationId: " + operation.id()));
    }

    private static void checkContent(Answer answer, JsonNode content) {
        if (content.isMissingNode()) {
            assertThat(answer.text()).isEmpty();
            return;
        }
        String type = answer.header("Content-Type").split(";", 2)[0];
        assertThat(content.has(type) || content.has("*/*")).as(type).isTrue();
        JsonNode schema = content.path(type).path("schema");
        if (type.equals("application/json")) {
            assertThat(answer.header("Content-Type")).endsWith("charset=utf-8");
            assertThat(PublishedApi.violations(schema, answer.json())).as(answer.text()).isEmpty();
        }
    }

    private static JsonNode messageSchema() {
        return PublishedApi.operation("stopMessage")
                .response(200)
                .at("/content/application~1json/schema");
    }

    private static Stream<Arguments> refusals() {
        return Stream.of(
                refusal(400, test -> test.get("/api/files?limit=0")),
                refusal(401, test -> test.stranger("/api/me")),
                refusal(401, test -> test.sign("login", "nobody@example.org")),
                refusal(403, test -> test.get("/api/status/detailed")),
                refusal(403, test -> test.workUnasked("verify")),
                refusal(403, test -> test.workUnasked("rebuild")),
                refusal(403, test -> test.get("/api/admin/index/tasks/" + new UUID(1, 2))),
                refusal(404, test -> test.get("/api/nothing/here")),
                refusal(404, test -> test.unknownTask()),
                refusal(404, test -> test.get("/api/files/" + new UUID(1, 2))),
                refusal(405, test -> test.person.delete("/api/files")),
                refusal(409, test -> test.sign("register", test.person.email())),
                refusal(
                        413,
                        test -> test.body("POST", "/api/search", "query", "x".repeat(1 << 20))),
                refusal(
                        415,
                        test ->
                                test.person.send(
                                        "POST",
                                        "/api/search",
                                        BodyPublishers.ofString("{}"),
                                        Map.of("Content-Type", "text/plain"))),
                refusal(415, test -> test.person.upload(Belongings.note("a.exe", "MZ"))),
                refusal(422, test -> test.person.upload(Belongings.note("empty.txt", ""))));
    }

    private static Arguments refusal(int status, Function<ContractTest, Answer> call) {
        return Arguments.of(status, call);
    }

    private String id(String kind) {
        return mine.id(kind);
    }

    private Answer get(String path) {
        return person.get(path);
    }

    private Answer stranger(String path) {
        return ibid.stranger().get(path);
    }

    private Answer of(String kind, String path) {
        return person.get(path.formatted(id(kind)));
    }

    private Answer body(String method, String path, String field, Object value) {
        return person.json(method, path, Map.of(field, value));
    }

    private Answer sign(String verb, String email) {
        return ibid.stranger().post("/api/auth/" + verb, Person.credentials(email));
    }

    private Answer refresh(Person somebody) {
        return ibid.stranger()
                .post("/api/auth/refresh", Map.of("refresh_token", somebody.refreshToken()));
    }

    private Answer logout(Person somebody) {
        return somebody.send("POST", "/api/auth/logout", BodyPublishers.noBody(), Map.of());
    }

    private Answer changePassword(Person somebody) {
        return somebody.post(
                "/api/auth/password",
                Map.of("currentPassword", Person.PASSWORD, "newPassword", "another long one"));
    }

    private Answer upload() {
        return person.upload(
                Belongings.note("tides.txt", "The tide turns at " + System.nanoTime() + "."),
                Belongings.note("bad.exe", "MZ"));
    }

    private Answer deleteFile() {
        return person.delete("/api/files/" + upload().json().at("/files/0/id").asText());
    }

    private Answer makeCollection() {
        return body("POST", "/api/collections", "name", "Lighthouses");
    }

    private Answer renameCollection() {
        return body("PATCH", "/api/collections/" + id("collection"), "name", "Piers");
    }

    private Answer deleteCollection() {
        return person.delete("/api/collections/" + makeCollection().json().get("id").asText());
    }

    private Answer stop() {
        String path = "/api/chat/" + id("answer") + "/stop";
        return person.send("POST", path, BodyPublishers.noBody(), Map.of());
    }

    private Answer work(String kind) {
        return ibid.administrator()
                .send("POST", "/api/admin/index/" + kind, BodyPublishers.noBody(), Map.of());
    }

    private Answer workUnasked(String kind) {
        return person.send("POST", "/api/admin/index/" + kind, BodyPublishers.noBody(), Map.of());
    }

    private Answer unknownTask() {
        return ibid.administrator().get("/api/admin/index/tasks/" + new UUID(1, 2));
    }

    private Answer indexTask() {
        String id = work("verify").expect(202).json().get("id").asText();
        return ibid.administrator().get("/api/admin/index/tasks/" + id);
    }

    private Answer begin() {
        return body("POST", "/api/conversations", "title", "Low water");
    }

    private Answer archive() {
        return body(
                "PATCH",
                "/api/conversations/" + begin().json().get("id").asText(),
                "archived",
                true);
    }

    private Answer deleteConversation() {
        return person.delete("/api/conversations/" + begin().json().get("id").asText());
    }

    private Answer rate() {
        return body("POST", "/api/messages/" + id("answer") + "/feedback", "rating", "up");
    }
}
