package dev.ibid.journeys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ibid.testing.IbidProcess;
import dev.ibid.testing.Person;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** One data folder and the servers that live on it, one after the other. */
final class Succession implements AutoCloseable {

    private static final Duration LEAVING = Duration.ofSeconds(20);
    private static final AtomicInteger PEOPLE = new AtomicInteger();

    private final Path dataDir;
    private final Map<String, String> settings;
    private IbidProcess server;

    Succession(Path dataDir, Map<String, String> settings) {
        this.dataDir = dataDir;
        this.settings = settings;
        this.server = IbidProcess.start(dataDir, settings);
    }

    IbidProcess server() {
        return server;
    }

    Path dataDir() {
        return dataDir;
    }

    Person newcomer() {
        return Person.register(server.uri(), "mourner" + PEOPLE.incrementAndGet() + "@example.org");
    }

    /** The same person with the same tokens at the address of today. */
    Person again(Person person) {
        return new Person(
                server.uri(), person.email(), person.accessToken(), person.refreshToken());
    }

    /** kill -9, and no process that belonged to the server is left. */
    void kill() {
        server.kill9();
        assertNobodyIsLeft();
    }

    void assertNobodyIsLeft() {
        await("nobody is left")
                .atMost(LEAVING)
                .untilAsserted(() -> assertThat(IbidProcess.processesOf(dataDir)).isEmpty());
    }

    void startNext() {
        server = IbidProcess.start(dataDir, settings);
    }

    /** For a test that comes after one which failed halfway. */
    void ensureAlive() {
        if (!server.isAlive()) {
            startNext();
        }
    }

    @Override
    public void close() {
        server.close();
        assertNobodyIsLeft();
    }
}
