package dev.ibid;

import dev.ibid.config.Sources;
import dev.ibid.http.Contract;
import dev.ibid.http.HttpVerticle;
import dev.ibid.http.Idempotency;
import dev.ibid.http.IdempotencyKeys;
import dev.ibid.http.Routes;
import dev.ibid.store.postgres.PgIdempotencyKeys;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Vertx;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The started server. What was opened last is closed first: the door, then the rooms, then the
 * stores.
 */
public final class Server implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Server.class);

    private final Configuration configuration;
    private final Opened opened;
    private final Rooms.Plan rooms;
    private final URI uri;

    private Server(Configuration configuration, Opened opened, Rooms.Plan rooms, URI uri) {
        this.configuration = configuration;
        this.opened = opened;
        this.rooms = rooms;
        this.uri = uri;
    }

    /** For tests: the real program with an environment and arguments of their own. */
    public static Server start(Map<String, String> environment, List<String> arguments) {
        Sources sources = new Sources(Sources.flags(arguments), environment, Map.of());
        return start(Configuration.read(sources), log::info);
    }

    /** Opens everything in order; if a step fails, what was opened before it is closed again. */
    static Server start(Configuration configuration, Consumer<String> progress) {
        Opened opened = new Opened();
        try {
            PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
            Vertx vertx = opened.add("event loops", EventLoops.start(meters));
            Storage storage = opened.add("database", Storage.own(configuration, progress, meters));
            storage.migrate();
            Rooms.Plan rooms = Rooms.open(configuration, vertx, storage, meters, opened);
            Idempotency idempotency =
                    opened.add("idempotency keys", idempotency(configuration, storage));
            URI uri = openDoor(configuration, vertx, rooms, idempotency, opened);
            return new Server(configuration, opened, rooms, uri);
        } catch (RuntimeException | Error failed) {
            opened.closeAfter(failed);
            throw failed;
        }
    }

    /** A private database serves nobody but us: whoever held a claim in it has died. */
    private static Idempotency idempotency(Configuration configuration, Storage storage) {
        IdempotencyKeys keys = new PgIdempotencyKeys(storage.database());
        if (configuration.database().isEmpty()) {
            keys.freeAll();
        }
        return new Idempotency(keys).start();
    }

    private static URI openDoor(
            Configuration configuration,
            Vertx vertx,
            Rooms.Plan rooms,
            Idempotency idempotency,
            Opened opened) {
        List<HttpVerticle> doors = new ArrayList<>();
        List<Routes> routes = rooms.routes();
        Contract contract = Contract.load();
        opened.deploy(
                vertx,
                "door",
                () -> {
                    HttpVerticle door =
                            new HttpVerticle(
                                    configuration.http(),
                                    contract,
                                    rooms.gate(),
                                    idempotency,
                                    routes);
                    doors.add(door);
                    return door;
                },
                new DeploymentOptions().setInstances(Runtime.getRuntime().availableProcessors()));
        return URI.create("http://" + configuration.http().host() + ":" + doors.getFirst().port());
    }

    /** Where the server can be reached on this machine. */
    public URI uri() {
        return uri;
    }

    /** What somebody who has just started the server wants to know. */
    List<String> introduction() {
        return Introduction.of(configuration, uri, rooms);
    }

    @Override
    public void close() {
        opened.close();
    }
}
