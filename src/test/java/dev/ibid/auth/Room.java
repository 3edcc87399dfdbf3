package dev.ibid.auth;

import com.github.benmanes.caffeine.cache.Ticker;

import dev.ibid.config.Secret;
import dev.ibid.store.postgres.Database;
import dev.ibid.store.postgres.PgAudit;
import dev.ibid.store.postgres.PgSessions;
import dev.ibid.store.postgres.PgUsers;
import dev.ibid.threads.ComputePool;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * One process's auth room, wired over a real database, with a clock for its cache that tests set.
 */
final class Room implements AutoCloseable {

    static final String ADDRESS = "203.0.113.7";
    static final String PASSWORD = "correct horse battery";
    static final SessionLimits LIMITS =
            new SessionLimits(Duration.ofDays(7), Duration.ofHours(24), Duration.ofSeconds(10));

    private static final AtomicInteger PEOPLE = new AtomicInteger();

    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    final Accounts accounts;
    final Logins logins;
    final BearerGate gate;

    private final Vertx vertx = Vertx.vertx();
    private final ComputePool pool = new ComputePool("passwords", 2, 64);
    private final AtomicLong cacheClock = new AtomicLong();
    private final Database database;

    Room(Database database, boolean production) {
        this.database = database;
        Ticker clock = cacheClock::get;
        Users users = new PgUsers(database);
        Sessions sessions = new CachedSessions(new PgSessions(database, LIMITS), clock);
        Passwords passwords = new Passwords(pool, meters);
        Tokens tokens = new Tokens(vertx, config(production));
        Refusals refusals = new Refusals(meters);
        this.accounts = new Accounts(users, passwords, production);
        this.logins =
                new Logins(users, sessions, new PgAudit(database), passwords, tokens, refusals);
        this.gate = new BearerGate(tokens, sessions, refusals);
    }

    static AuthConfig config(boolean production) {
        return new AuthConfig(
                production,
                JwtAlgorithm.HS256,
                new Secret("a-key-for-tests-0123456789-abcdefghijklm"),
                Optional.empty(),
                Duration.ofMinutes(30),
                LIMITS);
    }

    static String newAddress() {
        return "person" + PEOPLE.incrementAndGet() + "@example.org";
    }

    /** Somebody new, signed in. */
    Logins.Pass newcomer() {
        return logins.open(accounts.register(newAddress(), PASSWORD), ADDRESS);
    }

    Caller admit(Logins.Pass pass) {
        return gate.admit("Bearer " + pass.accessToken());
    }

    void passTime(Duration time) {
        cacheClock.addAndGet(time.toNanos());
    }

    long hashesComputed() {
        return meters.timer("password.hash").count();
    }

    double failures(String reason) {
        return meters.counter("auth.failures", "reason", reason).count();
    }

    List<String> audited(UUID userId) {
        return database.read(
                "test",
                handle ->
                        handle.createQuery(
                                        "select action from audit_log where user_id = :user order by id")
                                .bind("user", userId)
                                .mapTo(String.class)
                                .list());
    }

    void sql(String statement, Object... values) {
        database.write("test", handle -> handle.execute(statement, values));
    }

    @Override
    public void close() {
        pool.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
