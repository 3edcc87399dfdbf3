package dev.ibid;

import dev.ibid.auth.AuthVerticle;
import dev.ibid.chat.ChatVerticle;
import dev.ibid.documents.DocumentsVerticle;
import dev.ibid.documents.Originals;
import dev.ibid.http.Gate;
import dev.ibid.http.Routes;
import dev.ibid.ingestion.IngestionVerticle;
import dev.ibid.ingestion.ParserCell;
import dev.ibid.ingestion.ParserSettings;
import dev.ibid.knowledge.KnowledgeVerticle;
import dev.ibid.models.Embedder;
import dev.ibid.models.MiniLmEmbedder;
import dev.ibid.status.StatusVerticle;
import dev.ibid.store.local.LocalOriginals;
import dev.ibid.store.postgres.Database;
import dev.ibid.store.postgres.PgCollections;
import dev.ibid.store.postgres.PgDocuments;
import dev.ibid.store.postgres.PgJobs;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** The rooms, and which adapter serves which of their ports. */
final class Rooms {

    private static final int CORES = Runtime.getRuntime().availableProcessors();

    private final Configuration configuration;
    private final Vertx vertx;
    private final Storage storage;
    private final PrometheusMeterRegistry meters;
    private final Opened opened;

    private Rooms(
            Configuration configuration, Vertx vertx, Storage storage, PrometheusMeterRegistry meters, Opened opened) {
        this.configuration = configuration;
        this.vertx = vertx;
        this.storage = storage;
        this.meters = meters;
        this.opened = opened;
    }
}
