package dev.ibid;

import dev.ibid.auth.AuthConfig;
import dev.ibid.chat.ChatConfig;
import dev.ibid.config.ConfigurationException;
import dev.ibid.config.DatabaseUrl;
import dev.ibid.config.Settings;
import dev.ibid.config.Sources;
import dev.ibid.documents.DocumentsConfig;
import dev.ibid.extraction.OcrConfig;
import dev.ibid.http.HttpConfig;
import dev.ibid.models.EmbeddingConfig;
import dev.ibid.models.EmbeddingSettings;
import dev.ibid.models.ModelConfig;
import dev.ibid.models.ModelSettings;
import dev.ibid.models.ProviderAccounts;
import dev.ibid.store.local.LocalPostgres;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * Everything that can be set, read once at start.
 *
 * @param database empty in local mode, where Ibid starts a PostgreSQL of its own
 */
record Configuration(
        Mode mode,
        Folders folders,
        Optional<DatabaseUrl> database,
        Pool pool,
        HttpConfig http,
        AuthConfig auth,
        DocumentsConfig documents,
        OcrConfig ocr,
        ChatConfig chat,
        ModelConfig model,
        EmbeddingConfig embedding,
        String logLevel) {

    /**
     * Local is for one person on one machine; production is stricter about secrets and
     * registration.
     */
    enum Mode {
        LOCAL,
        PRODUCTION
    }

    /** Some are left for commands beside the server, and for whoever looks into the database. */
    private static final int MOST_LOCAL_CONNECTIONS = LocalPostgres.CONNECTIONS - 20;

    /** Where things lie: {@code uploads} may be shared by replicas, {@code index} never. */
    record Folders(Path data, Path index, Path uploads) {}

    /** The database's connection pool. */
    record Pool(int min, int max, Duration timeout) {}

    /**
     * @throws ConfigurationException naming everything that is wrong
     */
    static Configuration read(Sources sources) {
        Settings settings = sources.settings();
        Configuration configuration = from(settings);
        sources.refuseUnknown(settings);
        settings.throwIfWrong();
        return configuration;
    }

    /** Reads every setting; what is wrong is left in {@code settings}. */
    static Configuration from(Settings settings) {
        HttpConfig http = HttpConfig.from(settings);
        Optional<DatabaseUrl> database =
                settings.value(
                                "DATABASE_URL",
                                "address",
                                "PostgreSQL, as postgresql://user:password@host:5432/name. Without it Ibid starts one of its own.",
                                DatabaseUrl::parse)
                        .optional();
        Mode mode = database.isPresent() || !http.isLoopback() ? Mode.PRODUCTION : Mode.LOCAL;
        Folders folders = folders(settings);
        Pool pool = pool(settings, mode);
        AuthConfig auth = AuthConfig.from(settings, mode == Mode.PRODUCTION, folders.data());
        DocumentsConfig documents = DocumentsConfig.from(settings);
        OcrConfig ocr = OcrConfig.from(settings);
        ChatConfig chat = ChatConfig.from(settings);
        ProviderAccounts accounts = ProviderAccounts.from(settings);
        return new Configuration(
                mode,
                folders,
                database,
                pool,
                mode == Mode.LOCAL ? http.forLocalUse() : http,
                auth,
                documents,
                ocr,
                chat,
                ModelSettings.from(settings, accounts),
                EmbeddingSettings.from(settings, accounts),
                settings.text("LOG_LEVEL", "How much is logged: error, warn, info, debug or trace.")
                        .where(
                                level -> level.matches("(?i)error|warn|info|debug|trace"),
                                "one of error, warn, info, debug, trace")
                        .or("info"));
    }

    private static Folders folders(Settings settings) {
        Path data =
                settings.path("DATA_DIR", "Where everything that must not be lost lies.")
                        .or(Path.of("data"))
                        .toAbsolutePath();
        return new Folders(
                data,
                settings.path(
                                "INDEX_DIR",
                                "Where the search indexes of this process lie; `$DATA_DIR/index` by default.")
                        .optional()
                        .orElse(data.resolve("index")),
                settings.path(
                                "UPLOAD_DIR",
                                "Where uploaded originals lie; `$DATA_DIR/originals` by default.")
                        .optional()
                        .orElse(data.resolve("originals")));
    }

    private static Pool pool(Settings settings, Mode mode) {
        int min =
                settings.integer(
                                "DATABASE_POOL_MIN",
                                "Database connections that are opened at start.")
                        .where(count -> count >= 1 && count <= 1000, "from 1 to 1000")
                        .or(5);
        int max =
                settings.integer("DATABASE_POOL_MAX", "The most database connections.")
                        .where(count -> count >= 1 && count <= 1000, "from 1 to 1000")
                        .or(20);
        if (max < min) {
            settings.problem("DATABASE_POOL_MAX", "must not be less than DATABASE_POOL_MIN.");
        }
        if (mode == Mode.LOCAL && max > MOST_LOCAL_CONNECTIONS) {
            settings.problem(
                    "DATABASE_POOL_MAX",
                    "Ibid's own PostgreSQL takes at most "
                            + MOST_LOCAL_CONNECTIONS
                            + ". Lower it, or name another database in DATABASE_URL.");
        }
        return new Pool(
                min,
                max,
                settings.duration("DATABASE_TIMEOUT", "How long to wait for a database connection.")
                        .or(Duration.ofSeconds(5)));
    }
}
