package dev.ibid.auth;

import dev.ibid.failure.Failure;
import dev.ibid.threads.ComputePool;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

import java.security.SecureRandom;
import java.text.Normalizer;
import java.util.Optional;
import java.util.concurrent.Callable;

/**
 * Hashes and checks passwords, on a pool that refuses when it is full: each hash takes 19 MiB and
 * some tens of milliseconds, by design.
 *
 * <p>A password is brought to Unicode form NFC, so that it does not matter whether a keyboard sends
 * "é" as one character or as two; nothing else is changed and nothing is cut off.
 */
public final class Passwords {

    /** The second of the settings that OWASP's password storage page recommends for Argon2id. */
    private static final Argon2Hash.Cost COST = new Argon2Hash.Cost(19 * 1024, 2, 1);

    private static final int SHORTEST = 10;
    private static final int LONGEST = 1024;
    private static final int SALT_BYTES = 16;

    private final ComputePool pool;
    private final Timer hashing;
    private final SecureRandom random = new SecureRandom();
    private final String nobodys;

    public Passwords(ComputePool pool, MeterRegistry meters) {
        this.pool = pool;
        this.hashing =
                Timer.builder("password.hash").description("Hashing one password").register(meters);
        this.nobodys = Argon2Hash.ofNothing(COST, salt()).toString();
    }

    /** Hashes once: the first time takes many times as long as later ones. */
    void warmUp() {
        hash("");
    }

    /**
     * The hash to store of a new password.
     *
     * @param field the name of the password in the request, for the failure
     * @throws Failure of kind INVALID when the password is too short or too long
     */
    String hash(String field, String password) {
        String normal = normal(password);
        int length = normal.codePointCount(0, normal.length());
        if (length < SHORTEST || length > LONGEST) {
            throw Failure.invalid(
                    field,
                    "A password must have %d to %d characters. A few words in a row make a good one."
                            .formatted(SHORTEST, LONGEST));
        }
        return hash(normal);
    }

    /** Takes as long for somebody unknown, whose hash is empty, as for a wrong password. */
    boolean matches(String password, Optional<String> hash) {
        Argon2Hash expected = Argon2Hash.parse(hash.orElse(nobodys));
        String normal = normal(password);
        boolean equal = computed(() -> expected.matches(normal));
        return equal && hash.isPresent();
    }

    /** A new hash of the right password, when the stored one was made at another cost. */
    Optional<String> rehashed(String password, String hash) {
        return Argon2Hash.parse(hash).costs(COST)
                ? Optional.empty()
                : Optional.of(hash(normal(password)));
    }

    private String hash(String normal) {
        byte[] salt = salt();
        return computed(() -> Argon2Hash.of(normal, COST, salt).toString());
    }

    private byte[] salt() {
        byte[] salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        return salt;
    }

    private <T> T computed(Callable<T> work) {
        return pool.call(() -> hashing.recordCallable(work));
    }

    private static String normal(String password) {
        return Normalizer.normalize(password, Normalizer.Form.NFC);
    }
}
