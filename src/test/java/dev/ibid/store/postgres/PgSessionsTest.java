package dev.ibid.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ibid.auth.LiveSession;
import dev.ibid.auth.RefreshToken;
import dev.ibid.auth.Rotation;
import dev.ibid.auth.SessionLimits;
import dev.ibid.auth.User;
import dev.ibid.auth.Users;
import dev.ibid.testing.TestDatabase;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PgSessionsTest {

    private static final String HASH = "the-hash";
    private static final SessionLimits LIMITS =
            new SessionLimits(Duration.ofDays(7), Duration.ofHours(24), Duration.ofSeconds(10));
    private static final AtomicInteger NUMBERS = new AtomicInteger();

    private final Database database = TestDatabase.fresh();
    private final PgSessions sessions = new PgSessions(database, LIMITS);
    private final PgUsers users = new PgUsers(database);

    @AfterAll
    void close() {
        database.close();
    }

    @Test
    void storesNothingThatATokenCouldBeReadFrom() {
        RefreshToken token = token();
        open(user(), token);

        String stored =
                database.read(
                        "test",
                        handle ->
                                handle.createQuery(
                                                "select string_agg(refresh_tokens::text, ' ') from"
                                                        + " refresh_tokens")
                                        .mapTo(String.class)
                                        .one());

        assertThat(stored).contains("\\x").doesNotContain(token.value());
    }

    @Test
    void endsAFamilySevenDaysAfterTheLoginHoweverOftenItWasRefreshed() {
        LiveSession session = open(user(), token());

        Duration life =
                Duration.ofSeconds(
                        number(
                                "select extract(epoch from expires_at - created_at)::bigint from"
                                        + " sessions where id = ?",
                                session.sessionId()));

        assertThat(life).isEqualTo(Duration.ofDays(7));
    }

    @Test
    void refusesASessionThatHasComeToItsEnd() {
        RefreshToken token = token();
        LiveSession session = open(user(), token);
        sql("update sessions set expires_at = now() where id = ?", session.sessionId());

        assertThat(sessions.use(session.sessionId())).isEmpty();
        assertThat(sessions.rotate(token, token())).isInstanceOf(Rotation.Refused.class);
    }

    @Test
    void refusesASessionThatWentUnusedForTooLong() {
        RefreshToken token = token();
        LiveSession session = open(user(), token);
        lastUsed(session, "24 hours 1 second");

        assertThat(sessions.use(session.sessionId())).isEmpty();
        assertThat(sessions.rotate(token, token())).isInstanceOf(Rotation.Refused.class);
    }

    @Test
    void keepsASessionAliveThatIsUsed() {
        LiveSession session = open(user(), token());
        lastUsed(session, "23 hours");

        sessions.use(session.sessionId());

        assertThat(secondsUnused(session)).isLessThan(60);
    }

    @Test
    void keepsASessionAliveThatIsRefreshed() {
        RefreshToken token = token();
        LiveSession session = open(user(), token);
        lastUsed(session, "23 hours");

        sessions.rotate(token, token());

        assertThat(secondsUnused(session)).isLessThan(60);
    }

    @Test
    void opensNoSessionForAPasswordThatWasChangedInTheMeantime() {
        User user = user();
        RefreshToken first = token();
        LiveSession session = open(user, first);
        sessions.changePassword(user.id(), HASH, "another-hash", session.sessionId());

        Optional<LiveSession> late = sessions.open(user.id(), HASH, token(), "203.0.113.7");

        assertThat(late).isEmpty();
    }

    @Test
    void changesAPasswordOnlyOnceFromTheSameOldOne() {
        User user = user();
        LiveSession session = open(user, token());
        sessions.changePassword(user.id(), HASH, "another-hash", session.sessionId());

        assertThat(sessions.changePassword(user.id(), HASH, "a-third", session.sessionId()))
                .isEmpty();
    }

    @Test
    void tellsWhichSessionsAPasswordChangeEnded() {
        User user = user();
        LiveSession kept = open(user, token());
        LiveSession ended = open(user, token());

        assertThat(sessions.changePassword(user.id(), HASH, "another-hash", kept.sessionId()))
                .hasValueSatisfying(all -> assertThat(all).containsExactly(ended.sessionId()));
    }

    @Test
    void endsNoSessionOfSomebodyElse() {
        LiveSession session = open(user(), token());

        sessions.revoke(user().id(), session.sessionId());

        assertThat(sessions.use(session.sessionId())).isPresent();
    }

    @Test
    void sweepsAwayWhatEndedLongAgoAndNothingElse() {
        LiveSession old = open(user(), token());
        LiveSession recent = open(user(), token());
        sql(
                "update sessions set expires_at = now() - interval '31 days' where id = ?",
                old.sessionId());

        sessions.sweep();

        assertThat(number("select count(*) from sessions where id = ?", old.sessionId())).isZero();
        assertThat(sessions.use(recent.sessionId())).isPresent();
    }

    private User user() {
        String email = "session" + NUMBERS.incrementAndGet() + "@example.org";
        return users.create(email, HASH, Users.Admission.USER).orElseThrow();
    }

    private LiveSession open(User user, RefreshToken token) {
        return sessions.open(user.id(), HASH, token, "203.0.113.7").orElseThrow();
    }

    private static RefreshToken token() {
        return new RefreshToken("token-" + NUMBERS.incrementAndGet());
    }

    private void lastUsed(LiveSession session, String ago) {
        sql(
                "update sessions set last_used_at = now() - ?::interval where id = ?",
                ago,
                session.sessionId());
    }

    private long secondsUnused(LiveSession session) {
        return number(
                "select extract(epoch from now() - last_used_at)::bigint from sessions where id ="
                        + " ?",
                session.sessionId());
    }

    private long number(String query, Object... values) {
        return database.read(
                "test", handle -> handle.select(query, values).mapTo(Long.class).one());
    }

    private void sql(String statement, Object... values) {
        database.write("test", handle -> handle.execute(statement, values));
    }
}
