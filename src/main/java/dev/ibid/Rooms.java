package dev.ibid;

import dev.ibid.auth.AuthVerticle;
import dev.ibid.chat.ChatVerticle;
import dev.ibid.chat.PassageSelection;
import dev.ibid.documents.DocumentStores;
import dev.ibid.documents.DocumentsVerticle;
import dev.ibid.documents.Originals;
import dev.ibid.documents.Remains;
import dev.ibid.extraction.Ocr;
import dev.ibid.extraction.ParserCell;
import dev.ibid.extraction.ParserSettings;
import dev.ibid.http.Gate;
import dev.ibid.http.Routes;
import dev.ibid.ingestion.IngestionVerticle;
import dev.ibid.ingestion.Jobs;
import dev.ibid.ingestion.Splitter;
import dev.ibid.knowledge.Follower;
import dev.ibid.knowledge.KnowledgeVerticle;
import dev.ibid.models.EmbeddingModels;
import dev.ibid.models.WordPieceTokenizer;
import dev.ibid.status.StatusVerticle;
import dev.ibid.store.local.LocalOriginals;
import dev.ibid.store.postgres.Database;
import dev.ibid.store.postgres.PgAudit;
import dev.ibid.store.postgres.PgCheckpoints;
import dev.ibid.store.postgres.PgCollections;
import dev.ibid.store.postgres.PgConversations;
import dev.ibid.store.postgres.PgDocumentChanges;
import dev.ibid.store.postgres.PgDocuments;
import dev.ibid.store.postgres.PgErasures;
import dev.ibid.store.postgres.PgIndexTasks;
import dev.ibid.store.postgres.PgInstallation;
import dev.ibid.store.postgres.PgJobs;
import dev.ibid.store.postgres.PgMessages;
import dev.ibid.store.postgres.PgSessions;
import dev.ibid.store.postgres.PgUsers;
import dev.ibid.store.postgres.PgVersions;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Vertx;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;

/** The rooms in the order in which they open, and which adapter serves which of their ports. */
final class Rooms {

    private static final Logger log = LoggerFactory.getLogger(Rooms.class);

    /**
     * What stands once all rooms are open.
     *
     * @param routes what the door is to serve
     * @param answers in words, what answers questions
     * @param finds in words, what search goes by
     */
    record Plan(Gate gate, List<Routes> routes, String answers, String finds) {}

    private final Configuration configuration;
    private final Vertx vertx;
    private final Storage storage;
    private final PrometheusMeterRegistry meters;
    private final Opened opened;
    private final Database database;
    private final Originals originals;
    private final WordPieceTokenizer tokenizer;
    private final Table table;
    private final Answers answers;

    private Rooms(
            Configuration configuration,
            Vertx vertx,
            Storage storage,
            PrometheusMeterRegistry meters,
            Opened opened) {
        this.configuration = configuration;
        this.vertx = vertx;
        this.storage = storage;
        this.meters = meters;
        this.opened = opened;
        this.database = storage.database();
        this.originals = originals(configuration.folders(), database);
        this.tokenizer =
                opened.add("tokenizer", WordPieceTokenizer.miniLm(cache(configuration.folders())));
        EmbeddingModels models = embeddingModels(configuration, vertx);
        this.table = Table.set(configuration, models, database, meters, opened);
        this.answers = Answers.of(configuration, vertx, table.words(), opened);
    }

    static Plan open(
            Configuration configuration,
            Vertx vertx,
            Storage storage,
            PrometheusMeterRegistry meters,
            Opened opened) {
        return new Rooms(configuration, vertx, storage, meters, opened).open();
    }

    private Plan open() {
        AuthVerticle auth = opened.deploy(vertx, "auth", auth());
        KnowledgeVerticle knowledge = opened.deploy(vertx, "knowledge", knowledge());
        IngestionVerticle ingestion = opened.deploy(vertx, "ingestion", ingestion(knowledge::wake));
        DocumentsVerticle documents = opened.deploy(vertx, "documents", documents(ingestion::wake));
        ChatVerticle chat = opened.deploy(vertx, "chat", chat());
        StatusVerticle status = opened.deploy(vertx, "status", status(ingestion));
        return new Plan(
                auth.gate(),
                List.of(
                        status.routes(),
                        auth.routes(),
                        documents.routes(),
                        documents.collectionRoutes(),
                        knowledge.routes(),
                        knowledge.indexRoutes(),
                        chat.routes()),
                answers.described(),
                table.embeddings().described());
    }

    private AuthVerticle auth() {
        return new AuthVerticle(
                vertx,
                configuration.auth(),
                new PgUsers(database),
                new PgSessions(database, configuration.auth().sessions()),
                new PgAudit(database),
                meters);
    }

    private KnowledgeVerticle knowledge() {
        return new KnowledgeVerticle(
                table.retrieval(),
                table.followers(),
                new PgIndexTasks(database),
                table.healing(),
                table.modelSwitch());
    }

    private IngestionVerticle ingestion(Runnable published) {
        return new IngestionVerticle(
                jobs(),
                new PgCheckpoints(database),
                originals,
                parser(),
                new Splitter(tokenizer),
                table.embeddings().embedder(),
                published,
                meters);
    }

    /** A private database serves nobody but the owner of the data folder, and that is us. */
    private Jobs jobs() {
        Jobs jobs = new PgJobs(database);
        if (configuration.database().isEmpty()) {
            int left = jobs.releaseAll();
            if (left > 0) {
                log.info("{} documents were being read when the server last stopped", left);
            }
        }
        return jobs;
    }

    private DocumentsVerticle documents(Runnable queued) {
        return new DocumentsVerticle(
                configuration.documents(),
                new DocumentStores(
                        new PgDocuments(database),
                        new PgVersions(database),
                        new PgCollections(database),
                        new PgDocumentChanges(database),
                        new PgErasures(database),
                        originals,
                        List.of(
                                remains("lexicalIndex", "lexical"),
                                remains("vectorIndex", "vectors"))),
                queued);
    }

    /** Asked anew each time: another index may have taken the place of the first. */
    private Remains remains(String store, String follower) {
        return new Remains(
                store,
                document -> table.follower(follower).map(each -> each.countOf(document)).orElse(0L),
                () -> table.follower(follower).ifPresent(Follower::purge));
    }

    private ChatVerticle chat() {
        return new ChatVerticle(
                configuration.chat(),
                new PassageSelection(configuration.chat(), table.retrieval()),
                answers.answerer(),
                new PgConversations(database),
                new PgMessages(database),
                meters);
    }

    private StatusVerticle status(IngestionVerticle ingestion) {
        return new StatusVerticle(
                Checks.of(storage, table, ingestion, answers.described()),
                Checks.VITAL,
                meters,
                Version.current());
    }

    static EmbeddingModels embeddingModels(Configuration configuration, Vertx vertx) {
        return new EmbeddingModels(vertx, cache(configuration.folders()), Splitter.VERSION);
    }

    private static Path cache(Configuration.Folders folders) {
        return folders.data().resolve("native");
    }

    private static Originals originals(Configuration.Folders folders, Database database) {
        try {
            return LocalOriginals.of(new PgInstallation(database).id(), folders.uploads());
        } catch (IOException unusable) {
            throw new UncheckedIOException("UPLOAD_DIR cannot be used", unusable);
        }
    }

    private ParserCell parser() {
        Path scratch = configuration.folders().data().resolve("parsing");
        Ocr ocr = Ocr.find(configuration.ocr(), String.valueOf(System.getenv("PATH")));
        try {
            return new ParserCell(
                    ParserSettings.in(scratch, ocr).withProcesses(IngestionVerticle.WORKERS));
        } catch (IOException unusable) {
            throw new UncheckedIOException("DATA_DIR cannot be used", unusable);
        }
    }
}
