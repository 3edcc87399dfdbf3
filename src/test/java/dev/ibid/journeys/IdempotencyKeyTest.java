package dev.ibid.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ibid.json.Json;
import dev.ibid.testing.Answer;
import dev.ibid.testing.Ibid;
import dev.ibid.testing.Person;
import dev.ibid.testing.WithIbid;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

@WithIbid
final class IdempotencyKeyTest {

    /**
     * Passwords and tokens are not kept for a day, not even as a hash or in an answer; a search
     * changes nothing.
     */
    private static final Set<String> WITHOUT =
            Set.of("register", "login", "refresh", "logout", "changePassword", "search");

    private final Person person;
    private final Person somebodyElse;

    IdempotencyKeyTest(Ibid ibid) {
        this.person = ibid.newcomer();
        this.somebodyElse = ibid.newcomer();
    }

    @Test
    void theSameCallTwiceMakesOneThingAndGivesTheSameAnswer() {
        Answer first = create(person, "one", "Tides").expect(201);

        Answer again = create(person, "one", "Tides").expect(201);

        assertThat(again.text()).isEqualTo(first.text());
        assertThat(again.header("Content-Type")).isEqualTo(first.header("Content-Type"));
        assertThat(collectionsNamed("Tides")).isEqualTo(1);
    }

    @Test
    void theSameUploadTwiceIsTakenInOnce() {
        Answer first = upload("upload", "High water is at noon.").expect(202);

        Answer again = upload("upload", "High water is at noon.").expect(202);

        assertThat(again.text()).isEqualTo(first.text());
        assertThat(again.json().get("existing")).isEmpty();
        upload("upload", "High water is at midnight.").expect(422);
    }

    @Test
    void anotherBodyUnderTheSameKeyIsRefused() {
        create(person, "two", "Ebb").expect(201);

        Answer refused = create(person, "two", "Flow").expect(422);

        ProblemShape.check(refused);
        assertThat(refused.json().get("type").asText()).endsWith(":idempotency_key_reused");
        assertThat(collectionsNamed("Flow")).isZero();
    }

    @Test
    void anotherAddressUnderTheSameKeyIsRefused() {
        String one = create(person, "three-a", "Spring tide").expect(201).json().get("id").asText();
        String two = create(person, "three-b", "Neap tide").expect(201).json().get("id").asText();
        delete(one, "three").expect(204);

        delete(two, "three").expect(422);

        person.get("/api/collections/" + two).expect(200);
    }

    @Test
    void deletingTwiceUnderOneKeySucceedsTwice() {
        String id = create(person, "four-a", "Moon").expect(201).json().get("id").asText();
        delete(id, "four").expect(204);

        Answer again = delete(id, "four");

        assertThat(again.status()).isEqualTo(204);
        assertThat(again.text()).isEmpty();
    }

    @Test
    void aFailureIsNotKept() {
        String id = create(person, "five-a", "Sun").expect(201).json().get("id").asText();
        Map<String, Object> question = Map.of("title", "About the sun");
        send(somebodyElse, "PATCH", "/api/collections/" + id, "five", Map.of("name", "x"))
                .expect(404);
        send(person, "POST", "/api/conversations", "five", Map.of("title", 7)).expect(400);

        Answer served = send(person, "POST", "/api/conversations", "five", question);

        assertThat(served.status()).isEqualTo(201);
    }

    @Test
    void peopleDoNotShareKeys() {
        create(person, "six", "Mine").expect(201);

        Answer theirs = create(somebodyElse, "six", "Theirs");

        assertThat(theirs.status()).isEqualTo(201);
        assertThat(theirs.json().get("name").asText()).isEqualTo("Theirs");
    }

    @Test
    void manyAtOnceMakeOneThing() throws InterruptedException {
        List<Callable<Answer>> calls =
                IntStream.range(0, 16)
                        .<Callable<Answer>>mapToObj(n -> () -> create(person, "seven", "Surge"))
                        .toList();
        List<Answer> answers;

        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            answers = threads.invokeAll(calls).stream().map(Future::resultNow).toList();
        }

        assertThat(answers).extracting(Answer::status).contains(201).isSubsetOf(201, 409);
        assertThat(answers)
                .filteredOn(answer -> answer.status() == 409)
                .allSatisfy(answer -> assertThat(answer.header("Retry-After")).isEqualTo("1"));
        assertThat(collectionsNamed("Surge")).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"with blank", "with\ttab", ""})
    void aKeyIsVisibleAscii(String key) {
        Answer refused = create(person, key, "Never").expect(400);

        assertThat(refused.json().get("field").asText()).isEqualTo("Idempotency-Key");
    }

    @Test
    void aKeyHasAtMost255Characters() {
        create(person, "k".repeat(256), "Long").expect(400);

        create(person, "k".repeat(255), "Long").expect(201);
    }

    @Test
    void everyUnsafeCallOfAKnownPersonTakesAKeyOrIsNamedHere() {
        Set<String> without =
                PublishedApi.operations()
                        .filter(operation -> !operation.method().equals("GET"))
                        .filter(operation ->
                                operation.parameters("header").stream()
                                        .map(PublishedApi::name)
                                        .noneMatch("Idempotency-Key"::equals))
                        .map(PublishedApi.Operation::id)
                        .collect(Collectors.toSet());

        assertThat(without).isEqualTo(WITHOUT);
    }

    private long collectionsNamed(String name) {
        return person
                .get("/api/collections?limit=100")
                .expect(200)
                .json()
                .get("items")
                .findValuesAsText("name")
                .stream()
                .filter(name::equals)
                .count();
    }

    private static Answer create(Person who, String key, String name) {
        return send(who, "POST", "/api/collections", key, Map.of("name", name));
    }

    private Answer delete(String id, String key) {
        return person.send(
                "DELETE",
                "/api/collections/" + id,
                BodyPublishers.noBody(),
                Map.of("Idempotency-Key", key));
    }

    private static Answer send(
            Person who, String method, String path, String key, Map<String, ?> body) {
        BodyPublisher json = BodyPublishers.ofByteArray(Json.bytes(body));
        return who.send(
                method,
                path,
                json,
                Map.of("Content-Type", "application/json", "Idempotency-Key", key));
    }

    private Answer upload(String key, String text) {
        return person.send(
                "POST",
                "/api/files",
                BodyPublishers.ofByteArray(Form.begin().file("tides.txt", text).end()),
                Map.of(
                        "Content-Type",
                        "multipart/form-data; boundary=" + Form.BOUNDARY,
                        "Idempotency-Key",
                        key));
    }
}
