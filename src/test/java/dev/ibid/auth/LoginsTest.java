package dev.ibid.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ibid.failure.Failure;
import dev.ibid.store.postgres.Database;
import dev.ibid.testing.TestDatabase;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LoginsTest {

    private final Database database = TestDatabase.fresh();
    private final Room room = new Room(database, false);

    @AfterAll
    void close() {
        room.close();
        database.close();
    }

    @Test
    void signsInWithTheRightPasswordInAnyCaseOfTheAddress() {
        User user = room.accounts.register("Grace@Example.org", Room.PASSWORD).user();

        Logins.Pass pass = room.logins.login(" grace@EXAMPLE.org", Room.PASSWORD, Room.ADDRESS);

        assertThat(room.admit(pass))
                .isEqualTo(
                        new Caller(
                                user.id(),
                                "grace@example.org",
                                user.role(),
                                pass.session().sessionId()));
        assertThat(room.audited(user.id())).containsExactly("register", "login");
    }

    @Test
    void refusesAWrongPasswordAndWritesItDown() {
        User user = room.accounts.register(Room.newAddress(), Room.PASSWORD).user();

        assertRefused("bad_credentials", () -> login(user.email(), "wrong horse battery"));

        assertThat(room.audited(user.id())).containsExactly("register", "login_failed");
    }

    @Test
    void answersForSomebodyUnknownInTheSameWordsAndWithTheSameWork() {
        User user = room.accounts.register(Room.newAddress(), Room.PASSWORD).user();
        Cost wrong = costOf(() -> login(user.email(), "wrong horse battery"));

        Cost unknown = costOf(() -> login("nobody@example.org", "wrong horse battery"));

        assertThat(unknown).isEqualTo(wrong);
        assertThat(unknown.hashes()).isEqualTo(1);
    }

    @Test
    void countsRefusalsByReason() {
        double before = room.failures("bad_credentials");

        assertRefused("bad_credentials", () -> login("nobody@example.org", "wrong horse battery"));

        assertThat(room.failures("bad_credentials")).isEqualTo(before + 1);
    }

    @Test
    void refusesADisabledAccountButOnlyTellsWhoKnowsThePassword() {
        User user = room.accounts.register(Room.newAddress(), Room.PASSWORD).user();
        room.sql("update users set disabled_at = now() where id = ?", user.id());

        assertRefused("account_disabled", () -> login(user.email(), Room.PASSWORD));
        assertRefused("bad_credentials", () -> login(user.email(), "wrong horse battery"));
    }

    @Test
    void replacesAHashThatHasBecomeTooCheap() {
        User user = room.accounts.register(Room.newAddress(), Room.PASSWORD).user();
        String cheap =
                Argon2Hash.of(Room.PASSWORD, new Argon2Hash.Cost(64, 1, 1), new byte[16])
                        .toString();
        room.sql("update users set password_hash = ? where id = ?", cheap, user.id());

        login(user.email(), Room.PASSWORD);

        assertThat(hashOf(user)).contains("m=19456,t=2,p=1");
        assertThat(login(user.email(), Room.PASSWORD).session().userId()).isEqualTo(user.id());
    }

    @Test
    void exchangesARefreshTokenForTheNextOfTheSameSession() {
        Logins.Pass first = room.newcomer();

        Logins.Pass second = refresh(first);
        Logins.Pass third = refresh(second);

        assertThat(List.of(first, second, third))
                .extracting(Logins.Pass::refreshToken)
                .doesNotHaveDuplicates();
        assertThat(room.admit(third).sessionId()).isEqualTo(first.session().sessionId());
    }

    @Test
    void refusesAnUnknownRefreshToken() {
        assertRefused("refresh_invalid", () -> room.logins.refresh("a-token-of-nobody"));
    }

    @Test
    void refusesAnAccessTokenInPlaceOfARefreshToken() {
        Logins.Pass pass = room.newcomer();

        assertRefused("refresh_invalid", () -> room.logins.refresh(pass.accessToken()));
    }

    @Test
    void endsTheWholeSessionWhenATokenIsUsedAgain() {
        Logins.Pass first = room.newcomer();
        Logins.Pass second = refresh(first);
        room.admit(second);
        letGracePass(first);

        assertRefused("refresh_reused", () -> refresh(first));

        assertRefused("refresh_invalid", () -> refresh(second));
        assertRefused("session_ended", () -> room.admit(second));
        assertThat(room.audited(first.session().userId())).endsWith("refresh_reused");
    }

    @Test
    void leavesOtherSessionsAloneWhenATokenIsUsedAgain() {
        Logins.Pass stolen = room.newcomer();
        Logins.Pass other = login(stolen.session().email(), Room.PASSWORD);
        refresh(stolen);
        letGracePass(stolen);

        assertRefused("refresh_reused", () -> refresh(stolen));

        assertThat(room.admit(refresh(other)).userId()).isEqualTo(stolen.session().userId());
    }

    @Test
    void givesEachOfTwoTabsThatRefreshAtOnceTokensOfItsOwn() throws Exception {
        Logins.Pass pass = room.newcomer();
        CyclicBarrier together = new CyclicBarrier(2);
        Callable<Logins.Pass> tab =
                () -> {
                    together.await();
                    return refresh(pass);
                };

        List<Logins.Pass> passes = twiceAtOnce(tab);

        assertThat(passes).extracting(Logins.Pass::refreshToken).doesNotHaveDuplicates();
        assertThat(passes).allSatisfy(each -> assertThat(refresh(each)).isNotNull());
    }

    @Test
    void endsTheSessionThatSignsOut() {
        Logins.Pass pass = room.newcomer();
        Caller caller = room.admit(pass);

        room.logins.logout(caller, Optional.empty());

        assertRefused("session_ended", () -> room.admit(pass));
        assertRefused("refresh_invalid", () -> refresh(pass));
        assertThat(room.audited(caller.userId())).endsWith("logout");
    }

    @Test
    void endsAnotherSessionOfOnesOwnByItsRefreshToken() {
        Logins.Pass here = room.newcomer();
        Logins.Pass there = login(here.session().email(), Room.PASSWORD);

        room.logins.logout(room.admit(here), Optional.of(there.refreshToken().value()));

        assertRefused("session_ended", () -> room.admit(there));
        assertThat(room.admit(here)).isNotNull();
    }

    @Test
    void cannotEndSomebodyElsesSession() {
        Logins.Pass victim = room.newcomer();
        Caller other = room.admit(room.newcomer());

        room.logins.logout(other, Optional.of(victim.refreshToken().value()));

        assertThat(room.admit(victim)).isNotNull();
    }

    @Test
    void endsEveryOtherSessionWhenThePasswordChanges() {
        Logins.Pass here = room.newcomer();
        Logins.Pass there = login(here.session().email(), Room.PASSWORD);
        room.admit(there);

        changePassword(here, Room.PASSWORD, "a new horse altogether");

        assertRefused("session_ended", () -> room.admit(there));
        assertRefused("refresh_invalid", () -> refresh(there));
        assertThat(room.admit(refresh(here))).isNotNull();
        assertThat(room.audited(here.session().userId())).endsWith("password_changed");
    }

    @Test
    void takesTheNewPasswordAndNoLongerTheOldOne() {
        Logins.Pass pass = room.newcomer();

        changePassword(pass, Room.PASSWORD, "a new horse altogether");

        assertThat(login(pass.session().email(), "a new horse altogether")).isNotNull();
        assertRefused("bad_credentials", () -> login(pass.session().email(), Room.PASSWORD));
    }

    @Test
    void changesNothingWithoutTheCurrentPassword() {
        Logins.Pass pass = room.newcomer();

        assertRefused(
                "wrong_password",
                () -> changePassword(pass, "wrong horse battery", "a new horse altogether"));

        assertThat(login(pass.session().email(), Room.PASSWORD)).isNotNull();
    }

    /** What an attempt costs the server and tells the one who makes it. */
    private record Cost(long hashes, String code, String detail) {}

    private Cost costOf(Runnable attempt) {
        long before = room.hashesComputed();
        try {
            attempt.run();
            throw new AssertionError("was let in");
        } catch (Failure refused) {
            return new Cost(room.hashesComputed() - before, refused.code(), refused.detail());
        }
    }

    private Logins.Pass login(String email, String password) {
        return room.logins.login(email, password, Room.ADDRESS);
    }

    private Logins.Pass refresh(Logins.Pass pass) {
        return room.logins.refresh(pass.refreshToken().value());
    }

    private void changePassword(Logins.Pass pass, String from, String to) {
        room.logins.changePassword(room.admit(pass), from, to, Room.ADDRESS);
    }

    private void letGracePass(Logins.Pass pass) {
        room.sql(
                "update refresh_tokens set used_at = used_at - interval '11 seconds'"
                        + " where session_id = ? and used_at is not null",
                pass.session().sessionId());
    }

    private String hashOf(User user) {
        return database.read(
                "test",
                handle ->
                        handle.select("select password_hash from users where id = ?", user.id())
                                .mapTo(String.class)
                                .one());
    }

    private static void assertRefused(String code, ThrowingCallable attempt) {
        assertThatThrownBy(attempt)
                .isInstanceOfSatisfying(
                        Failure.class, refused -> assertThat(refused.code()).isEqualTo(code));
    }

    private static List<Logins.Pass> twiceAtOnce(Callable<Logins.Pass> work) throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            return threads.invokeAll(List.of(work, work)).stream().map(Future::resultNow).toList();
        }
    }
}
