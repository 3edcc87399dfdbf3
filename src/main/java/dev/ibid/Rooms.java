package dev.ibid;

import dev.ibid.auth.AuthVerticle;
import dev.ibid.chat.ChatVerticle;
import dev.ibid.chat.Finding;
import dev.ibid.documents.DocumentsVerticle;
import dev.ibid.documents.Originals;
import dev.ibid.http.Gate;
import dev.ibid.http.Routes;
import dev.ibid.ingestion.IngestionVerticle;
import dev.ibid.ingestion.Jobs;
import dev.ibid.ingestion.ParserCell;
import dev.ibid.ingestion.ParserSettings;
import dev.ibid.knowledge.KnowledgeVerticle;
import dev.ibid.models.Embedder;
import dev.ibid.models.MiniLmEmbedder;
import dev.ibid.status.StatusVerticle;
import dev.ibid.store.local.LocalOriginals;
import dev.ibid.store.postgres.Database;
import dev.ibid.store.postgres.PgAudit;
import dev.ibid.store.postgres.PgCollections;
import dev.ibid.store.postgres.PgConversations;
import dev.ibid.store.postgres.PgDocuments;
import dev.ibid.store.postgres.PgJobs;
import dev.ibid.store.postgres.PgMessages;
import dev.ibid.store.postgres.PgSessions;
import dev.ibid.store.postgres.PgUsers;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Vertx;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * The rooms in the order in which they open, and the one place that decides which adapter serves
 * which port.
 *
 * @param routes what the door is to serve
 * @param answers in words, what answers questions
 */
record Rooms(Gate gate, List<Routes> routes, String answers) {

    private static final Logger log = LoggerFactory.getLogger(Rooms.class);

    static Rooms open(
            Configuration configuration,
            Vertx vertx,
            Storage storage,
            PrometheusMeterRegistry meters,
            Opened opened) {
        Database database = storage.database();
        Configuration.Folders folders = configuration.folders();
        Originals originals = originals(folders);
        Embedder embedder =
                opened.add(
                        "embedding model",
                        new MiniLmEmbedder(
                                folders.data().resolve("native"),
                                Runtime.getRuntime().availableProcessors()));
        Table table = Table.set(folders.index(), database, embedder, meters, opened);

        AuthVerticle auth =
                opened.deploy(
                        vertx,
                        "auth",
                        new AuthVerticle(
                                vertx,
                                configuration.auth(),
                                new PgUsers(database),
                                new PgSessions(database, configuration.auth().sessions()),
                                new PgAudit(database),
                                meters));
        KnowledgeVerticle knowledge =
                opened.deploy(
                        vertx,
                        "knowledge",
                        new KnowledgeVerticle(table.retrieval(), table.followers()));
        IngestionVerticle ingestion =
                opened.deploy(
                        vertx,
                        "ingestion",
                        new IngestionVerticle(
                                jobs(configuration, database),
                                originals,
                                parser(folders),
                                embedder,
                                knowledge::wake,
                                meters));
        DocumentsVerticle documents =
                opened.deploy(
                        vertx,
                        "documents",
                        new DocumentsVerticle(
                                configuration.documents(),
                                new PgDocuments(database),
                                new PgCollections(database),
                                originals,
                                ingestion::wake));
        Answers answers = Answers.of(configuration, vertx, table.words(), opened);
        ChatVerticle chat =
                opened.deploy(
                        vertx,
                        "chat",
                        new ChatVerticle(
                                configuration.chat(),
                                new Finding(configuration.chat(), table.retrieval()),
                                answers.answerer(),
                                new PgConversations(database),
                                new PgMessages(database),
                                meters));
        StatusVerticle status =
                opened.deploy(
                        vertx,
                        "status",
                        new StatusVerticle(
                                Checks.of(storage, table, answers.described()),
                                Checks.VITAL,
                                meters,
                                Version.current()));
        return new Rooms(
                auth.gate(),
                List.of(
                        status.routes(),
                        auth.routes(),
                        documents.routes(),
                        knowledge.routes(),
                        chat.routes()),
                answers.described());
    }

    /** A private database serves nobody but the owner of the data folder, and that is us. */
    private static Jobs jobs(Configuration configuration, Database database) {
        Jobs jobs = new PgJobs(database);
        if (configuration.database().isEmpty()) {
            int left = jobs.releaseAll();
            if (left > 0) {
                log.info("{} documents were being read when the server last stopped", left);
            }
        }
        return jobs;
    }

    private static Originals originals(Configuration.Folders folders) {
        try {
            return new LocalOriginals(folders.uploads());
        } catch (IOException unusable) {
            throw new UncheckedIOException("UPLOAD_DIR cannot be used", unusable);
        }
    }

    private static ParserCell parser(Configuration.Folders folders) {
        try {
            return new ParserCell(
                    ParserSettings.in(folders.data().resolve("parsing")).withProcesses(2));
        } catch (IOException unusable) {
            throw new UncheckedIOException("DATA_DIR cannot be used", unusable);
        }
    }
}
