package dev.ibid.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ibid.auth.Users.Admission;
import dev.ibid.http.IdempotencyKeys;
import dev.ibid.http.IdempotencyKeys.Answer;
import dev.ibid.http.IdempotencyKeys.Found;
import dev.ibid.http.IdempotencyKeys.Scope;
import dev.ibid.testing.TestDatabase;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;

class PgIdempotencyKeysTest {

    private static final byte[] REQUEST = "a request".getBytes(StandardCharsets.UTF_8);
    private static final byte[] ANOTHER = "another".getBytes(StandardCharsets.UTF_8);
    private static final Answer ANSWER =
            new Answer(201, Map.of("Location", "/x"), "{\"b\":1.50,\"a\":\"\\u0000 é\"}");

    private final Database database = TestDatabase.fresh();
    private final IdempotencyKeys keys = new PgIdempotencyKeys(database);
    private final Scope scope = new Scope(person("a@example.org"), "POST /api/things", "key-1");

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void givesTheKeptAnswerAgainAsItWas() {
        keys.keep(claimed(), ANSWER);

        assertThat(keys.claim(scope, REQUEST)).isEqualTo(new Found.Answered(ANSWER));
    }

    @Test
    void keepsAnAnswerWithoutABody() {
        keys.keep(claimed(), new Answer(204, Map.of(), null));

        assertThat(keys.claim(scope, REQUEST))
                .isEqualTo(new Found.Answered(new Answer(204, Map.of(), null)));
    }

    @Test
    void knowsThatTheFirstCallIsUnderWay() {
        claimed();

        assertThat(keys.claim(scope, REQUEST)).isEqualTo(new Found.UnderWay());
        assertThat(keys.claim(scope, ANOTHER)).isEqualTo(new Found.OtherRequest());
    }

    @Test
    void tellsAnotherRequestFromTheFirst() {
        keys.keep(claimed(), ANSWER);

        assertThat(keys.claim(scope, ANOTHER)).isEqualTo(new Found.OtherRequest());
    }

    @Test
    void countsAKeyForItsPersonAndRouteOnly() {
        claimed();
        Scope otherRoute = new Scope(scope.userId(), "DELETE /api/things", scope.key());
        Scope otherPerson = new Scope(person("b@example.org"), scope.route(), scope.key());

        List<Found> found =
                List.of(keys.claim(otherRoute, ANOTHER), keys.claim(otherPerson, ANOTHER));

        assertThat(found).allMatch(Found.Claim.class::isInstance);
    }

    @Test
    void aFreedKeyIsTakenAnew() {
        keys.free(claimed());

        assertThat(keys.claim(scope, ANOTHER)).isInstanceOf(Found.Claim.class);
    }

    @Test
    void takesOverAClaimThatIsNoLongerRenewedAndLetsItsFormerHolderWriteNothing() {
        Found.Claim former = claimed();
        passMinutes(2);
        Found.Claim later = claimed();

        keys.keep(former, ANSWER);
        keys.free(former);

        assertThat(keys.claim(scope, REQUEST)).isEqualTo(new Found.UnderWay());
        keys.keep(later, ANSWER);
        assertThat(keys.claim(scope, REQUEST)).isEqualTo(new Found.Answered(ANSWER));
    }

    @Test
    void doesNotTakeOverAClaimThatIsRenewed() {
        Found.Claim claim = claimed();
        passMinutes(2);

        keys.renew(List.of(claim.id(), UUID.randomUUID()));

        assertThat(keys.claim(scope, REQUEST)).isEqualTo(new Found.UnderWay());
    }

    @Test
    void forgetsAnAnswerAfterADay() {
        keys.keep(claimed(), ANSWER);
        passMinutes(24 * 60 - 1);
        int early = keys.sweep();
        passMinutes(2);

        Found unswept = keys.claim(scope, ANOTHER);
        passMinutes(24 * 60 + 1);

        assertThat(early).isZero();
        assertThat(unswept).isInstanceOf(Found.Claim.class);
        assertThat(keys.sweep()).isEqualTo(1);
    }

    @Test
    void freesEveryClaimOfAProcessThatHasDiedButNoAnswer() {
        keys.keep(claimed(), ANSWER);
        Scope open = new Scope(scope.userId(), scope.route(), "key-2");
        keys.claim(open, REQUEST);

        int freed = keys.freeAll();

        assertThat(freed).isEqualTo(1);
        assertThat(keys.claim(open, ANOTHER)).isInstanceOf(Found.Claim.class);
        assertThat(keys.claim(scope, REQUEST)).isEqualTo(new Found.Answered(ANSWER));
    }

    private Found.Claim claimed() {
        return (Found.Claim) keys.claim(scope, REQUEST);
    }

    private UUID person(String email) {
        return new PgUsers(database).create(email, "the-hash", Admission.USER).orElseThrow().id();
    }

    private void passMinutes(int minutes) {
        database.write(
                "test",
                handle ->
                        handle.execute(
                                "update idempotency_keys set created_at = created_at - make_interval(mins => ?), claimed_at = claimed_at - make_interval(mins => ?)",
                                minutes,
                                minutes));
    }
}
