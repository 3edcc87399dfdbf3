package dev.ibid.auth;

import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One Argon2id hash (RFC 9106) with all that is needed to compute it again. */
final class Argon2Hash {

    /**
     * What one hash costs.
     *
     * @param memory in KiB
     */
    record Cost(int memory, int iterations, int lanes) {}

    private static final int HASH_BYTES = 32;
    private static final Pattern PHC =
            Pattern.compile(
                    "\\$argon2id\\$v=19\\$m=(\\d{1,7}),t=(\\d{1,3}),p=(\\d{1,2})"
                            + "\\$([A-Za-z0-9+/]{11,86})\\$([A-Za-z0-9+/]{16,86})");

    private final Cost cost;
    private final byte[] salt;
    private final byte[] hash;

    private Argon2Hash(Cost cost, byte[] salt, byte[] hash) {
        this.cost = cost;
        this.salt = salt;
        this.hash = hash;
    }

    static Argon2Hash of(String password, Cost cost, byte[] salt) {
        return new Argon2Hash(cost, salt, compute(password, cost, salt, HASH_BYTES));
    }

    /** A hash that no password has, and that takes as long to check as any. */
    static Argon2Hash ofNothing(Cost cost, byte[] salt) {
        return new Argon2Hash(cost, salt, new byte[HASH_BYTES]);
    }

    /**
     * @param phc the form that {@link #toString} writes
     */
    static Argon2Hash parse(String phc) {
        Matcher parts = PHC.matcher(phc);
        if (!parts.matches()) {
            throw new IllegalStateException("A stored password hash has an unknown form");
        }
        Cost cost =
                new Cost(
                        Integer.parseInt(parts.group(1)),
                        Integer.parseInt(parts.group(2)),
                        Integer.parseInt(parts.group(3)));
        Base64.Decoder decoder = Base64.getDecoder();
        return new Argon2Hash(cost, decoder.decode(parts.group(4)), decoder.decode(parts.group(5)));
    }

    boolean matches(String password) {
        return MessageDigest.isEqual(hash, compute(password, cost, salt, hash.length));
    }

    boolean costs(Cost wanted) {
        return cost.equals(wanted);
    }

    /**
     * The PHC string: {@code $argon2id$v=19$m=...,t=...,p=...$salt$hash}, base64 without padding.
     */
    @Override
    public String toString() {
        Base64.Encoder encoder = Base64.getEncoder().withoutPadding();
        return "$argon2id$v=19$m=%d,t=%d,p=%d$%s$%s"
                .formatted(
                        cost.memory(),
                        cost.iterations(),
                        cost.lanes(),
                        encoder.encodeToString(salt),
                        encoder.encodeToString(hash));
    }

    private static byte[] compute(String password, Cost cost, byte[] salt, int length) {
        Argon2BytesGenerator generator = new Argon2BytesGenerator();
        generator.init(
                new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                        .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                        .withMemoryAsKB(cost.memory())
                        .withIterations(cost.iterations())
                        .withParallelism(cost.lanes())
                        .withSalt(salt)
                        .build());
        byte[] secret = password.getBytes(StandardCharsets.UTF_8);
        byte[] hash = new byte[length];
        generator.generateBytes(secret, hash);
        Arrays.fill(secret, (byte) 0);
        return hash;
    }
}
