package dev.ibid.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.ibid.auth.Users.Admission;
import dev.ibid.failure.Failure;
import dev.ibid.http.IdempotencyKeys.Scope;
import dev.ibid.json.Json;
import dev.ibid.store.postgres.Database;
import dev.ibid.store.postgres.PgIdempotencyKeys;
import dev.ibid.store.postgres.PgUsers;
import dev.ibid.testing.TestDatabase;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

class IdempotencyTest {

    private static final byte[] REQUEST = {1};

    private final Database database = TestDatabase.fresh();
    private final Idempotency idempotency = new Idempotency(new PgIdempotencyKeys(database));
    private final AtomicInteger served = new AtomicInteger();
    private final Scope scope =
            new Scope(
                    new PgUsers(database)
                            .create("a@example.org", "the-hash", Admission.USER)
                            .orElseThrow()
                            .id(),
                    "POST /api/things",
                    "key-1");

    @AfterEach
    void close() {
        idempotency.close();
        database.close();
    }

    @Test
    void servesOnceAndGivesTheSameAnswerAgain() {
        Reply first = idempotency.once(scope, REQUEST, this::created);

        Reply again = idempotency.once(scope, REQUEST, this::created);

        assertThat(served).hasValue(1);
        assertThat(again)
                .isInstanceOfSatisfying(
                        Reply.Body.class,
                        body -> {
                            assertThat(body.status()).isEqualTo(201);
                            assertThat(body.headers()).containsEntry("Location", "/things/1");
                            assertThat(Json.text(body.value()))
                                    .isEqualTo(Json.text(((Reply.Body) first).value()));
                        });
    }

    @Test
    void refusesTheSameCallWhileTheFirstIsUnderWay() {
        Failure refused =
                catchThrowableOfType(
                        Failure.class,
                        () ->
                                idempotency.once(
                                        scope,
                                        REQUEST,
                                        () -> idempotency.once(scope, REQUEST, this::created)));

        assertThat(refused.kind()).isEqualTo(Failure.Kind.CONFLICT);
        assertThat(refused.retryAfter()).isNotNull();
        assertThat(served).hasValue(0);
    }

    @Test
    void aFailureFreesTheKey() {
        catchThrowableOfType(
                IllegalStateException.class,
                () ->
                        idempotency.once(
                                scope,
                                REQUEST,
                                () -> {
                                    throw new IllegalStateException();
                                }));

        idempotency.once(scope, REQUEST, this::created);

        assertThat(served).hasValue(1);
    }

    @Test
    void anAnswerThatIsNoSuccessFreesTheKey() {
        idempotency.once(scope, REQUEST, () -> new Reply.Body(503, Map.of(), Map.of()));

        idempotency.once(scope, REQUEST, this::created);

        assertThat(served).hasValue(1);
    }

    @Test
    void aCallThatSucceededDoesSoEvenIfItsAnswerCannotBeKept() {
        Reply reply =
                idempotency.once(
                        scope,
                        REQUEST,
                        () -> {
                            database.close();
                            return created();
                        });

        assertThat(reply).isInstanceOf(Reply.Body.class);
    }

    private Reply created() {
        int number = served.incrementAndGet();
        return new Reply.Body(201, Map.of("number", number), Map.of("Location", "/things/1"));
    }
}
