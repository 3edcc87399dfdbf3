package dev.ibid.auth;

/** The signatures that access tokens may carry: symmetric ones, for we are the only reader. */
public enum JwtAlgorithm {
    HS256(32),
    HS384(48),
    HS512(64);

    private final int keyBytes;

    JwtAlgorithm(int keyBytes) {
        this.keyBytes = keyBytes;
    }

    /** The shortest key that RFC 7518 §3.2 allows: as long as the hash. */
    int keyBytes() {
        return keyBytes;
    }
}
