package dev.ibid.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ibid.auth.Credentials;
import dev.ibid.auth.Role;
import dev.ibid.auth.User;
import dev.ibid.auth.Users.Admission;
import dev.ibid.testing.TestDatabase;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

class PgUsersTest {

    private static final int PEOPLE = 8;

    private final Database database = TestDatabase.fresh();
    private final PgUsers users = new PgUsers(database);

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void makesExactlyOneAdministratorWhenManyComeFirstAtOnce() {
        List<Optional<User>> made =
                whileNobodyCanWrite(number ->
                        create("racer" + number + "@example.org", Admission.FIRST_IS_ADMIN));

        assertThat(made)
                .extracting(user -> user.orElseThrow().role())
                .containsOnlyOnce(Role.ADMIN)
                .hasSize(PEOPLE);
    }

    @Test
    void makesOneAccountWhenTheSameAddressComesManyTimesAtOnce() throws Exception {
        List<Optional<User>> made =
                atOnce(number ->
                        create(number % 2 == 0 ? "Twin@x.org" : "twin@x.org", Admission.USER));

        assertThat(made).filteredOn(Optional::isPresent).hasSize(1);
        assertThat(count("collections")).isEqualTo(1);
        assertThat(count("audit_log")).isEqualTo(1);
    }

    @Test
    void doesNotMakeALaterAccountAnAdministrator() {
        create("early@example.org", Admission.USER);

        Optional<User> later = create("later@example.org", Admission.FIRST_IS_ADMIN);

        assertThat(later).map(User::role).hasValue(Role.USER);
    }

    @Test
    void knowsWhetherThereIsAnAdministrator() {
        create("user@example.org", Admission.USER);
        boolean before = users.hasAdmin();

        create("admin@example.org", Admission.ADMIN);

        assertThat(before).isFalse();
        assertThat(users.hasAdmin()).isTrue();
    }

    @Test
    void replacesAHashOnlyWhileItIsTheOneThatWasVerified() {
        User user = create("user@example.org", Admission.USER).orElseThrow();

        users.rehash(user.id(), "an-older-hash", "from-a-stale-login");
        users.rehash(user.id(), "the-hash", "better");

        assertThat(users.find(user.id())).map(Credentials::passwordHash).hasValue("better");
    }

    private Optional<User> create(String email, Admission admission) {
        return users.create(email, "the-hash", admission);
    }

    private long count(String table) {
        return database.read(
                "test",
                handle -> handle.select("select count(*) from " + table).mapTo(Long.class).one());
    }

    /** All of them look at an empty table before any of them can write to it. */
    private <T> List<T> whileNobodyCanWrite(IntFunction<T> work) {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<T>> begun =
                    database.write(
                            "test",
                            handle -> {
                                handle.execute("lock table users in share mode");
                                List<Future<T>> all =
                                        IntStream.range(0, PEOPLE)
                                                .mapToObj(n -> threads.submit(() -> work.apply(n)))
                                                .toList();
                                await().until(() -> waiting() == PEOPLE);
                                return all;
                            });
            return begun.stream().map(PgUsersTest::result).toList();
        }
    }

    private long waiting() {
        return count("pg_locks where not granted");
    }

    private static <T> T result(Future<T> future) {
        try {
            return future.get();
        } catch (InterruptedException | ExecutionException failed) {
            throw new AssertionError(failed);
        }
    }

    private static <T> List<T> atOnce(IntFunction<T> work) throws InterruptedException {
        CyclicBarrier together = new CyclicBarrier(PEOPLE);
        List<Callable<T>> calls =
                IntStream.range(0, PEOPLE)
                        .<Callable<T>>mapToObj(number ->
                                () -> {
                                    together.await();
                                    return work.apply(number);
                                })
                        .toList();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            return threads.invokeAll(calls).stream().map(Future::resultNow).toList();
        }
    }
}
