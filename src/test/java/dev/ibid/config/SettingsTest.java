package dev.ibid.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

final class SettingsTest {

    @TempDir private Path folder = Path.of("");

    @Test
    void reportsEveryProblemAtOnce() {
        Settings settings =
                new Settings(
                        Map.of("PORT", "70000", "CHAT_TIMEOUT", "soon", "MAX_FILE_SIZE", "ten"));
        int port =
                settings.integer("PORT", "")
                        .where(value -> value <= 65535, "from 0 to 65535")
                        .or(3001);
        Duration timeout = settings.duration("CHAT_TIMEOUT", "").or(Duration.ofSeconds(30));
        long size = settings.bytes("MAX_FILE_SIZE", "").or(10L);

        ConfigurationException wrong =
                catchThrowableOfType(ConfigurationException.class, settings::throwIfWrong);

        assertThat(wrong.problems()).hasSize(3);
        assertThat(wrong.problems().getFirst())
                .isEqualTo("PORT: \"70000\" must be from 0 to 65535.");
        assertThat(List.of(port, timeout, size)).containsExactly(3001, Duration.ofSeconds(30), 10L);
    }

    @Test
    void neverShowsASecret() {
        Settings settings = new Settings(Map.of("JWT_SECRET", "hunter2"));

        settings.secret("JWT_SECRET", "").where(secret -> false, "longer").optional();

        assertThat(settings.problems().toString()).contains("JWT_SECRET").doesNotContain("hunter2");
    }

    @Test
    void understandsOtherNames() {
        Settings settings = new Settings(Map.of("SECRET_KEY", "a"));

        Secret secret =
                settings.secret("JWT_SECRET", "")
                        .alias("JWT_SECRET_KEY", "SECRET_KEY")
                        .optional()
                        .orElseThrow();

        assertThat(secret.value()).isEqualTo("a");
    }

    @Test
    void readsDurationsAndSizes() {
        Settings settings =
                new Settings(Map.of("A", "90s", "B", "7d", "C", "10MB", "D", "512 KiB"));

        Object[] read = {
            settings.duration("A", "").optional().orElseThrow(),
            settings.duration("B", "").optional().orElseThrow(),
            settings.bytes("C", "").optional().orElseThrow(),
            settings.bytes("D", "").optional().orElseThrow()
        };

        assertThat(read)
                .containsExactly(Duration.ofSeconds(90), Duration.ofDays(7), 10L << 20, 512L << 10);
    }

    @Test
    void flagsWinOverTheEnvironmentWhichWinsOverTheFile() throws IOException {
        Path file =
                Files.writeString(
                        folder.resolve(".env"),
                        "# comment\nHOST=file\nPORT='1'\nexport LOG_LEVEL=debug\n");

        Settings settings =
                Sources.of(
                                List.of("--port=3", "--log-level", "warn"),
                                Map.of("PORT", "2", "LOG_LEVEL", "error"),
                                file)
                        .settings();

        assertThat(settings.text("HOST", "").or("")).isEqualTo("file");
        assertThat(settings.integer("PORT", "").or(0)).isEqualTo(3);
        assertThat(settings.text("LOG_LEVEL", "").or("")).isEqualTo("warn");
    }

    @Test
    void aFlagWinsUnderAnotherNameToo() {
        Sources sources =
                new Sources(
                        Map.of("CORS_ORIGINS", "flag"),
                        Map.of("ALLOWED_ORIGINS", "environment", "SECRET_KEY", ""),
                        Map.of("JWT_SECRET", "file"));

        Settings settings = sources.settings();

        assertThat(settings.text("ALLOWED_ORIGINS", "").alias("CORS_ORIGINS").or(""))
                .isEqualTo("flag");
        assertThat(settings.text("JWT_SECRET", "").alias("SECRET_KEY").or("")).isEqualTo("file");
    }

    @Test
    void namesAValueThatIsTooLarge() {
        Settings settings =
                new Settings(
                        Map.of(
                                "A", "999999999999999d",
                                "B", "999999999999999GB",
                                "C", "99999999999999h"));
        settings.duration("A", "").optional();
        settings.bytes("B", "").optional();
        settings.duration("C", "").optional();

        assertThat(settings.problems())
                .containsExactly(
                        "A: \"999999999999999d\" is too large.",
                        "B: \"999999999999999GB\" is too large.",
                        "C: \"99999999999999h\" is too large.");
    }

    @Test
    void refusesAnUnknownNameWithTheNearestKnownOne() {
        Sources sources =
                new Sources(
                        Map.of("POTR", "1"),
                        Map.of("PATH", "/bin", "HOEM", "x"),
                        Map.of("SUPABASE_URL", "x"));
        Settings settings = sources.settings();
        settings.integer("PORT", "").or(1);

        sources.refuseUnknown(settings);

        assertThat(settings.problems())
                .containsExactly("POTR: there is no such setting. Did you mean PORT?");
    }

    @Test
    void readsDatabaseAddressesOfOtherPrograms() {
        DatabaseUrl url =
                DatabaseUrl.parse(
                        "postgresql+asyncpg://ibid:p%40ss@db:6543/chat?pool_size=5&sslmode=require");

        assertThat(url.jdbcUrl()).isEqualTo("jdbc:postgresql://db:6543/chat?sslmode=require");
        assertThat(url.user()).contains("ibid");
        assertThat(url.password().orElseThrow().value()).isEqualTo("p@ss");
        assertThat(url.toString()).doesNotContain("p@ss");
    }
}
