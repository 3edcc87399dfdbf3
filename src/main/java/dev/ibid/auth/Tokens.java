package dev.ibid.auth;

import com.fasterxml.jackson.core.JsonProcessingException;

import dev.ibid.config.Secret;
import dev.ibid.json.Json;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.auth.JWTOptions;
import io.vertx.ext.auth.PubSecKeyOptions;
import io.vertx.ext.auth.User;
import io.vertx.ext.auth.authentication.TokenCredentials;
import io.vertx.ext.auth.jwt.JWTAuth;
import io.vertx.ext.auth.jwt.JWTAuthOptions;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Access tokens: JWTs that live for minutes and name a session. Which key checks a token is decided
 * by us before anything else of it is read: its header must be word for word one that we write.
 */
final class Tokens {

    static final String ISSUER = "ibid";
    static final String AUDIENCE = "ibid-api";
    static final String TYPE = "access";

    private static final int LEEWAY_SECONDS = 30;

    /** What a valid token says; whether the session still lives is another question. */
    record Access(UUID userId, UUID sessionId) {}

    private final JwtAlgorithm algorithm;
    private final Duration life;
    private final String currentKey;
    private final Map<String, JWTAuth> keys;

    Tokens(Vertx vertx, AuthConfig config) {
        this.algorithm = config.algorithm();
        this.life = config.accessTokenLife();
        this.currentKey = keyId(config.secret());
        this.keys =
                Stream.concat(Stream.of(config.secret()), config.previousSecret().stream())
                        .distinct()
                        .collect(Collectors.toMap(Tokens::keyId, key -> signer(vertx, key)));
    }

    Duration life() {
        return life;
    }

    String issue(LiveSession session) {
        JsonObject claims =
                new JsonObject()
                        .put("typ", TYPE)
                        .put("sid", session.sessionId().toString())
                        .put("role", session.role().name().toLowerCase(Locale.ROOT));
        JWTOptions options =
                new JWTOptions()
                        .setAlgorithm(algorithm.name())
                        .setHeader(new JsonObject().put("kid", currentKey))
                        .setSubject(session.userId().toString())
                        .setIssuer(ISSUER)
                        .addAudience(AUDIENCE)
                        .setExpiresInSeconds((int) life.toSeconds());
        return signer(currentKey).orElseThrow().generateToken(claims, options);
    }

    /** What the token says, if we wrote it, it is of the right kind and its time is now. */
    Optional<Access> read(String token) {
        try {
            return keyIdOf(token).flatMap(this::signer).flatMap(key -> claims(key, token));
        } catch (RuntimeException malformed) {
            return Optional.empty();
        }
    }

    private Optional<Access> claims(JWTAuth key, String token) {
        Future<User> checked = key.authenticate(new TokenCredentials(token));
        if (!checked.succeeded()) {
            return Optional.empty();
        }
        JsonObject claims = checked.result().attributes().getJsonObject("accessToken");
        if (!TYPE.equals(claims.getString("typ")) || claims.getLong("exp") == null) {
            return Optional.empty();
        }
        return Optional.of(
                new Access(
                        UUID.fromString(claims.getString("sub")),
                        UUID.fromString(claims.getString("sid"))));
    }

    private Optional<JWTAuth> signer(String keyId) {
        return Optional.ofNullable(keys.get(keyId));
    }

    /** The key that a token names, if its header says nothing but what ours say. */
    private Optional<String> keyIdOf(String token) {
        String header = token.substring(0, Math.max(0, token.indexOf('.')));
        try {
            Map<?, ?> fields =
                    Json.MAPPER.readValue(
                            new String(
                                    Base64.getUrlDecoder().decode(header), StandardCharsets.UTF_8),
                            Map.class);
            return keys.keySet().stream()
                    .filter(id ->
                            fields.equals(Map.of("typ", "JWT", "alg", algorithm.name(), "kid", id)))
                    .findFirst();
        } catch (JsonProcessingException malformed) {
            return Optional.empty();
        }
    }

    private JWTAuth signer(Vertx vertx, Secret secret) {
        PubSecKeyOptions key =
                new PubSecKeyOptions()
                        .setId(keyId(secret))
                        .setAlgorithm(algorithm.name())
                        .setBuffer(secret.value());
        JWTOptions checks =
                new JWTOptions().setLeeway(LEEWAY_SECONDS).setIssuer(ISSUER).addAudience(AUDIENCE);
        return JWTAuth.create(vertx, new JWTAuthOptions().addPubSecKey(key).setJWTOptions(checks));
    }

    /**
     * A name for a key that tells nothing about it: a part of its own signature of a fixed text.
     */
    private static String keyId(Secret secret) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(
                    new SecretKeySpec(
                            secret.value().getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            byte[] name = mac.doFinal("ibid key id".getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(name, 9));
        } catch (NoSuchAlgorithmException | InvalidKeyException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
