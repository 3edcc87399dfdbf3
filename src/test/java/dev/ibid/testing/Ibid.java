package dev.ibid.testing;

import dev.ibid.Server;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The server, started in this process with settings of the test's own, in local mode on a free
 * port.
 */
public final class Ibid implements AutoCloseable {

    private static final AtomicInteger PEOPLE = new AtomicInteger();

    private final Server server;
    private final Person administrator;

    private Ibid(Server server) {
        this.server = server;
        this.administrator = Person.returning(server.uri(), "administrator@example.org");
    }

    public static Ibid start(Path dataDir, Map<String, String> settings) {
        Map<String, String> environment = new java.util.HashMap<>(settings);
        environment.putIfAbsent("PORT", "0");
        environment.put("DATA_DIR", dataDir.toString());
        return new Ibid(Server.start(environment, List.of()));
    }

    public URI uri() {
        return server.uri();
    }

    /** Whoever came first. */
    public Person administrator() {
        return administrator;
    }

    /** Somebody new, whom nobody has heard of. */
    public Person newcomer() {
        return Person.register(uri(), "person" + PEOPLE.incrementAndGet() + "@example.org");
    }

    public Person stranger() {
        return Person.stranger(uri());
    }

    @Override
    public void close() {
        server.close();
    }
}
