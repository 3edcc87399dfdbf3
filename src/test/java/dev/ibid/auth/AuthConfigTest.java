package dev.ibid.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ibid.config.ConfigurationException;
import dev.ibid.config.Settings;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;

class AuthConfigTest {

    private static final String STRONG = "q7Zt0vXw3mB9rK2yLs8Nf4Hd6Gj1PcUeTaRiOoWx";

    @TempDir Path dataDir;

    @Test
    void needsASecretInProduction() {
        Settings settings = new Settings(Map.of());

        AuthConfig.from(settings, true, dataDir);

        assertThat(settings.problems())
                .singleElement()
                .asString()
                .startsWith("JWT_SECRET: is required");
        assertThat(dataDir).isEmptyDirectory();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "q7Zt0vXw3mB9rK2y",
                "changeme-changeme-changeme-2024-x",
                "your-super-secret-jwt-key-change-in-production",
                "secretsecretsecretsecretsecretsecret",
                "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
                "0123456789abcdef0123456789abcdef",
                "11223344112233441122334411223344112233"
            })
    void refusesASecretThatCanBeGuessed(String weak) {
        Settings settings = new Settings(Map.of("JWT_SECRET", weak));

        AuthConfig.from(settings, true, dataDir);

        assertThat(settings.problems())
                .singleElement()
                .asString()
                .startsWith("JWT_SECRET: ")
                .doesNotContain(weak);
    }

    @Test
    void refusesAWeakPreviousSecretToo() {
        Settings settings =
                new Settings(Map.of("JWT_SECRET", STRONG, "JWT_SECRET_PREVIOUS", "changeme"));

        AuthConfig.from(settings, true, dataDir);

        assertThat(settings.problems())
                .singleElement()
                .asString()
                .startsWith("JWT_SECRET_PREVIOUS: ");
    }

    @Test
    void understandsTheNamesThatPeopleBringAlong() {
        Settings settings =
                new Settings(
                        Map.of(
                                "SECRET_KEY", STRONG + STRONG.toLowerCase(java.util.Locale.ROOT),
                                "ALGORITHM", "HS512",
                                "JWT_EXPIRATION_DAYS", "3"));

        AuthConfig config = AuthConfig.from(settings, true, dataDir);

        assertThat(settings.problems()).isEmpty();
        assertThat(config.secret().value()).startsWith(STRONG);
        assertThat(config.algorithm()).isEqualTo(JwtAlgorithm.HS512);
        assertThat(config.sessions().life()).isEqualTo(Duration.ofDays(3));
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "RS256", "HS1"})
    void refusesOtherAlgorithms(String algorithm) {
        Settings settings = new Settings(Map.of("JWT_SECRET", STRONG, "JWT_ALGORITHM", algorithm));

        AuthConfig.from(settings, true, dataDir);

        assertThat(settings.problems()).singleElement().asString().startsWith("JWT_ALGORITHM: ");
    }

    @Test
    void wantsAKeyAsLongAsTheHash() {
        Settings settings = new Settings(Map.of("JWT_SECRET", STRONG, "JWT_ALGORITHM", "HS512"));

        AuthConfig.from(settings, true, dataDir);

        assertThat(settings.problems()).singleElement().asString().contains("64 bytes");
    }

    @Test
    void reportsEveryProblemAtOnce() {
        Settings settings =
                new Settings(
                        Map.of(
                                "JWT_SECRET", "secret",
                                "ACCESS_TOKEN_EXPIRE_MINUTES", "0",
                                "REFRESH_TOKEN_EXPIRE_DAYS", "-1",
                                "SESSION_TIMEOUT", "1s"));

        AuthConfig.from(settings, true, dataDir);

        assertThat(settings.problems()).hasSize(4);
    }

    @Test
    void makesASecretInLocalModeThatOnlyItsOwnerCanRead() throws IOException {
        Settings settings = new Settings(Map.of());

        AuthConfig config = AuthConfig.from(settings, false, dataDir.resolve("new"));
        settings.throwIfWrong();

        Path file = dataDir.resolve("new/jwt-secret");
        assertThat(settings.problems()).isEmpty();
        assertThat(config.secret().value()).hasSizeGreaterThan(80);
        assertThat(Files.readString(file).strip()).isEqualTo(config.secret().value());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void makesNothingWhileSomethingIsWrong() {
        Settings settings = new Settings(Map.of("SESSION_TIMEOUT", "1s"));
        AuthConfig.from(settings, false, dataDir.resolve("new"));

        assertThatThrownBy(settings::throwIfWrong).isInstanceOf(ConfigurationException.class);

        assertThat(dataDir.resolve("new")).doesNotExist();
    }

    @Test
    void keepsTheSecretThatItMade() {
        Settings settings = new Settings(Map.of());
        AuthConfig first = AuthConfig.from(settings, false, dataDir);
        settings.throwIfWrong();

        AuthConfig second = AuthConfig.from(new Settings(Map.of()), false, dataDir);

        assertThat(second.secret()).isEqualTo(first.secret());
    }
}
