package dev.ibid;

import dev.ibid.auth.AuthVerticle;
import dev.ibid.chat.ChatVerticle;
import dev.ibid.documents.DocumentsVerticle;
import dev.ibid.http.HttpVerticle;
import dev.ibid.http.Routes;
import dev.ibid.ingestion.IngestionVerticle;
import dev.ibid.knowledge.KnowledgeVerticle;
import dev.ibid.status.StatusVerticle;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.function.Consumer;

/** The floor plan: configuration, adapters, rooms, door, in the order of the text; closed in reverse. */
public final class Server implements AutoCloseable {

}
