package dev.ibid.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ibid.failure.Failure;
import dev.ibid.store.postgres.Database;
import dev.ibid.testing.TestDatabase;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.util.Optional;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BearerGateTest {

    private final Database database = TestDatabase.fresh();
    private final Room room = new Room(database, false);
    private final Room replica = new Room(database, false);

    @AfterAll
    void close() {
        room.close();
        replica.close();
        database.close();
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "Basic YTpi", "Bearer", "token"})
    void asksWhoBringsNoTokenToSignIn(@Nullable String authorization) {
        assertThatThrownBy(() -> room.gate.admit(authorization))
                .isInstanceOfSatisfying(
                        Failure.class,
                        refused -> {
                            assertThat(refused.kind()).isEqualTo(Failure.Kind.UNAUTHENTICATED);
                            assertThat(refused.code()).isEqualTo("token_missing");
                        });
    }

    @Test
    void takesTheSchemeInAnyCase() {
        Logins.Pass pass = room.newcomer();

        assertThat(room.gate.admit("bearer " + pass.accessToken())).isNotNull();
    }

    @Test
    void refusesATokenThatIsNotOurs() {
        assertRefused("token_invalid", "Bearer not.a.token");
    }

    @Test
    void asksTheDatabaseOnlyNowAndThen() {
        Logins.Pass pass = room.newcomer();
        room.admit(pass);
        room.sql("update sessions set revoked_at = now() where id = ?", pass.session().sessionId());

        Caller stillRemembered = room.admit(pass);

        assertThat(stillRemembered.sessionId()).isEqualTo(pass.session().sessionId());
    }

    @Test
    void noticesWithinAMinuteWhatAnotherReplicaEnded() {
        Logins.Pass pass = room.newcomer();
        room.admit(pass);
        replica.logins.logout(replica.admit(pass), Optional.empty());

        room.passTime(Duration.ofSeconds(16));

        assertRefused("session_ended", "Bearer " + pass.accessToken());
    }

    @Test
    void forgetsAtOnceWhatThisProcessEnds() {
        Logins.Pass pass = room.newcomer();
        Caller caller = room.admit(pass);

        room.logins.logout(caller, Optional.empty());

        assertRefused("session_ended", "Bearer " + pass.accessToken());
    }

    @Test
    void goesByTheRoleInTheDatabaseNotTheOneInTheToken() {
        Logins.Pass pass = room.newcomer();
        room.sql("update users set role = 'admin' where id = ?", pass.session().userId());
        boolean promoted = room.admit(pass).isAdmin();
        room.sql("update users set role = 'user' where id = ?", pass.session().userId());

        room.passTime(Duration.ofSeconds(16));

        assertThat(promoted).isTrue();
        assertThat(room.admit(pass).isAdmin()).isFalse();
    }

    @Test
    void turnsADisabledPersonAwayWithinAMinute() {
        Logins.Pass pass = room.newcomer();
        room.admit(pass);
        room.sql("update users set disabled_at = now() where id = ?", pass.session().userId());

        room.passTime(Duration.ofSeconds(16));

        assertRefused("session_ended", "Bearer " + pass.accessToken());
    }

    @Test
    void letsNobodyPassWhileTheDatabaseCannotBeAsked() {
        Logins.Pass pass = room.newcomer();
        Database lost = TestDatabase.fresh();
        try (Room cutOff = new Room(lost, false)) {
            lost.close();

            assertThatThrownBy(() -> cutOff.admit(pass))
                    .isInstanceOfSatisfying(
                            Failure.class,
                            refused ->
                                    assertThat(refused.kind()).isEqualTo(Failure.Kind.UNAVAILABLE));
        }
    }

    private void assertRefused(String code, String authorization) {
        assertThatThrownBy(() -> room.gate.admit(authorization))
                .isInstanceOfSatisfying(
                        Failure.class,
                        refused -> {
                            assertThat(refused.kind()).isEqualTo(Failure.Kind.UNAUTHENTICATED);
                            assertThat(refused.code()).isEqualTo(code);
                        });
    }
}
