package dev.ibid.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ibid.config.Secret;
import dev.ibid.json.Json;

import io.vertx.core.Vertx;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

class TokensTest {

    private static final Vertx VERTX = Vertx.vertx();
    private static final String KEY = "a-key-for-tests-0123456789-abcdefghijklm";
    private static final String OTHER_KEY = "another-key-9876543210-nopqrstuvwxyz-ABC";
    private static final LiveSession SESSION =
            new LiveSession(UUID.randomUUID(), UUID.randomUUID(), "a@example.org", Role.USER);

    private final Tokens tokens = tokens(KEY, Optional.empty());

    @AfterAll
    static void close() {
        VERTX.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void readsWhatItIssued() {
        String token = tokens.issue(SESSION);

        assertThat(tokens.read(token)).hasValue(access());
    }

    @Test
    void saysWhoIssuedATokenForWhomAndForHowLong() {
        String token = tokens.issue(SESSION);

        Map<String, Object> claims = claims(token);
        long life =
                ((Number) claims.get("exp")).longValue() - ((Number) claims.get("iat")).longValue();
        assertThat(life).isEqualTo(1800);
        assertThat(claims)
                .containsEntry("iss", "ibid")
                .containsEntry("aud", "ibid-api")
                .containsEntry("typ", "access")
                .containsEntry("role", "user")
                .containsEntry("sub", SESSION.userId().toString())
                .containsEntry("sid", SESSION.sessionId().toString());
        assertThat(header(token)).containsOnlyKeys("typ", "alg", "kid");
    }

    @Test
    void acceptsAnUnchangedCopySignedWithTheSameKey() {
        String same = forge(header(), claims(), KEY);

        assertThat(tokens.read(same)).hasValue(access());
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "None", "NONE", "nOnE", "HS384", "HS512", "RS256", "ES256", ""})
    void refusesOtherAlgorithms(String algorithm) {
        Map<String, Object> header = with(header(), "alg", algorithm);

        assertThat(tokens.read(forge(header, claims(), KEY))).isEmpty();
        assertThat(tokens.read(unsigned(header, claims()))).isEmpty();
    }

    @Test
    void refusesATokenWhoseSignatureWasStripped() {
        String token = tokens.issue(SESSION);
        String body = token.substring(0, token.lastIndexOf('.'));

        assertThat(tokens.read(body)).isEmpty();
        assertThat(tokens.read(body + ".")).isEmpty();
    }

    @Test
    void refusesAChangedPayload() {
        String[] parts = tokens.issue(SESSION).split("\\.");
        String admin = encode(with(claims(), "role", "admin"));

        assertThat(tokens.read(parts[0] + "." + admin + "." + parts[2])).isEmpty();
    }

    @Test
    void refusesAForeignKey() {
        assertThat(tokens.read(forge(header(), claims(), OTHER_KEY))).isEmpty();
    }

    @Test
    void refusesAnExpiredTokenOnceTheLeewayIsOver() {
        Map<String, Object> justExpired = with(claims(), "exp", now() - 10);
        Map<String, Object> expired = with(claims(), "exp", now() - 40);

        assertThat(tokens.read(forge(header(), justExpired, KEY))).isPresent();
        assertThat(tokens.read(forge(header(), expired, KEY))).isEmpty();
    }

    @Test
    void refusesATokenThatIsNotValidYet() {
        assertThat(tokens.read(forge(header(), with(claims(), "nbf", now() + 300), KEY))).isEmpty();
        assertThat(tokens.read(forge(header(), with(claims(), "iat", now() + 300), KEY))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"exp", "aud", "iss", "typ", "sub", "sid"})
    void refusesATokenWithoutAClaimThatOursHave(String claim) {
        Map<String, Object> claims = claims();
        claims.remove(claim);

        assertThat(tokens.read(forge(header(), claims, KEY))).isEmpty();
    }

    @Test
    void refusesAForeignAudienceIssuerOrKindOfToken() {
        assertThat(tokens.read(forge(header(), with(claims(), "aud", "other-api"), KEY))).isEmpty();
        assertThat(tokens.read(forge(header(), with(claims(), "aud", List.of()), KEY))).isEmpty();
        assertThat(tokens.read(forge(header(), with(claims(), "iss", "evil"), KEY))).isEmpty();
        assertThat(tokens.read(forge(header(), with(claims(), "typ", "refresh"), KEY))).isEmpty();
    }

    @Test
    void refusesClaimsOfTheWrongForm() {
        assertThat(tokens.read(forge(header(), with(claims(), "exp", "tomorrow"), KEY))).isEmpty();
        assertThat(tokens.read(forge(header(), with(claims(), "sub", "' or 1=1"), KEY))).isEmpty();
        assertThat(tokens.read(forge(header(), with(claims(), "sid", 7), KEY))).isEmpty();
    }

    @Test
    void refusesARefreshTokenInPlaceOfAnAccessToken() {
        assertThat(tokens.read(RefreshToken.random().value())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"../../../../dev/null", "", "' union select 'key", "/proc/self/environ"})
    void refusesAnUnknownKeyId(String keyId) {
        Map<String, Object> header = with(header(), "kid", keyId);

        assertThat(tokens.read(forge(header, claims(), KEY))).isEmpty();
        assertThat(tokens.read(forge(header, claims(), ""))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"jwk", "jku", "x5u", "x5c", "crit", "nonce", "b64"})
    void refusesAHeaderThatBringsItsOwnKeyOrRules(String field) {
        Object value =
                field.equals("jwk")
                        ? Map.of("kty", "oct", "k", encode(Map.of()))
                        : "https://evil.example/keys";

        assertThat(tokens.read(forge(with(header(), field, value), claims(), KEY))).isEmpty();
        assertThat(tokens.read(forge(with(header(), field, value), claims(), OTHER_KEY))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "..",
                "...",
                "a.b.c",
                "Bearer",
                "\u0000",
                "e30.e30.e30",
                "{}.{}.{}"
            })
    void refusesWhatIsNoTokenAtAll(String text) {
        assertThat(tokens.read(text)).isEmpty();
    }

    @Test
    void refusesAHeaderWithAKeyTwice() {
        String header = "{\"typ\":\"JWT\",\"alg\":\"none\",\"alg\":\"HS256\",\"kid\":\"%s\"}";
        String encoded = encode(header.formatted(header().get("kid")));

        assertThat(tokens.read(sign(encoded + "." + encode(claims()), KEY))).isEmpty();
    }

    @Test
    void stillAcceptsThePreviousKeyButSignsWithTheCurrentOne() {
        String old = tokens.issue(SESSION);
        Tokens rotated = tokens(OTHER_KEY, Optional.of(KEY));

        assertThat(rotated.read(old)).hasValue(access());
        assertThat(tokens.read(rotated.issue(SESSION))).isEmpty();
    }

    @Test
    void refusesTheKeyBeforeThePreviousOne() {
        String old = tokens.issue(SESSION);

        assertThat(tokens(OTHER_KEY, Optional.empty()).read(old)).isEmpty();
    }

    private static Tokens tokens(String key, Optional<String> previous) {
        return new Tokens(
                VERTX,
                new AuthConfig(
                        true,
                        JwtAlgorithm.HS256,
                        new Secret(key),
                        previous.map(Secret::new),
                        Duration.ofMinutes(30),
                        Room.LIMITS));
    }

    private static Tokens.Access access() {
        return new Tokens.Access(SESSION.userId(), SESSION.sessionId());
    }

    private Map<String, Object> header() {
        return header(tokens.issue(SESSION));
    }

    private Map<String, Object> claims() {
        return claims(tokens.issue(SESSION));
    }

    private static Map<String, Object> header(String token) {
        return part(token, 0);
    }

    private static Map<String, Object> claims(String token) {
        return part(token, 1);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> part(String token, int index) {
        byte[] json = Base64.getUrlDecoder().decode(token.split("\\.")[index]);
        return new HashMap<>(Json.read(new String(json, StandardCharsets.UTF_8), Map.class));
    }

    private static Map<String, Object> with(Map<String, Object> fields, String name, Object value) {
        Map<String, Object> changed = new LinkedHashMap<>(fields);
        changed.put(name, value);
        return changed;
    }

    private static String forge(
            Map<String, Object> header, Map<String, Object> claims, String key) {
        return sign(encode(header) + "." + encode(claims), key);
    }

    private static String unsigned(Map<String, Object> header, Map<String, Object> claims) {
        return encode(header) + "." + encode(claims) + ".";
    }

    private static String sign(String content, String key) {
        try {
            byte[] bytes = key.isEmpty() ? new byte[1] : key.getBytes(StandardCharsets.UTF_8);
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(bytes, "HmacSHA256"));
            byte[] signature = mac.doFinal(content.getBytes(StandardCharsets.UTF_8));
            return content
                    + "."
                    + Base64.getUrlEncoder().withoutPadding().encodeToString(signature);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static String encode(Map<String, Object> fields) {
        return encode(Json.text(fields));
    }

    private static String encode(String json) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }

    private static long now() {
        return Instant.now().getEpochSecond();
    }
}
