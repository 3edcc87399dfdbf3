package dev.ibid.auth;

import com.github.benmanes.caffeine.cache.Ticker;

import dev.ibid.http.Gate;
import dev.ibid.http.Routes;
import dev.ibid.threads.ComputePool;
import dev.ibid.threads.RequestThreads;

import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;

/** The life of the auth room. */
public final class AuthVerticle extends VerticleBase {

    private static final Logger log = LoggerFactory.getLogger(AuthVerticle.class);
    private static final Duration SWEEP_EVERY = Duration.ofHours(1);
    private static final int MOST_REQUESTS = 256;
    private static final int HASHES_THAT_WAIT = 64;

    private final RequestThreads threads = new RequestThreads("auth", MOST_REQUESTS);
    private final ComputePool pool = new ComputePool("passwords", halfTheCores(), HASHES_THAT_WAIT);
    private final Passwords passwords;
    private final Sessions sessions;
    private final Accounts accounts;
    private final Routes routes;
    private final Gate gate;

    public AuthVerticle(
            Vertx vertx,
            AuthConfig config,
            Users users,
            Sessions stored,
            Audit audit,
            MeterRegistry meters) {
        Refusals refusals = new Refusals(meters);
        Tokens tokens = new Tokens(vertx, config);
        this.passwords = new Passwords(pool, meters);
        this.sessions = new CachedSessions(stored, Ticker.systemTicker());
        this.accounts = new Accounts(users, passwords, config.production());
        Logins logins = new Logins(users, sessions, audit, passwords, tokens, refusals);
        this.routes =
                new AuthRoutes(threads, accounts, logins, config.accessTokenLife().toSeconds());
        this.gate = new BearerGate(tokens, sessions, refusals);
    }

    public Routes routes() {
        return routes;
    }

    public Gate gate() {
        return gate;
    }

    public Accounts accounts() {
        return accounts;
    }

    @Override
    public Future<?> start() {
        vertx.setPeriodic(SWEEP_EVERY.toMillis(), due -> threads.run(this::sweep));
        return vertx.executeBlocking(() -> {
            passwords.warmUp();
            return null;
        });
    }

    @Override
    public Future<?> stop() {
        return vertx.executeBlocking(() -> {
            threads.close();
            pool.close();
            return null;
        });
    }

    private void sweep() {
        try {
            sessions.sweep();
        } catch (RuntimeException later) {
            log.warn("Ended sessions were not swept; the next round will try again", later);
        }
    }

    private static int halfTheCores() {
        return Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
    }
}
