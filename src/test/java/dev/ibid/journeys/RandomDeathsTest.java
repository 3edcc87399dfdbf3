package dev.ibid.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ibid.testing.FakeProvider;
import dev.ibid.testing.FakeProviderScript;
import dev.ibid.testing.Person;
import dev.ibid.testing.RoomyFolder;

import io.vertx.core.Vertx;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/**
 * The server dies at moments that nobody chose, while it is busy. A seed that failed is tried again
 * with {@code -Dibid.seed=...}.
 */
@Timeout(900)
final class RandomDeathsTest {

    private static final int DEATHS = 8;
    private static final int NOTES = 12;
    private static final long LATEST_MILLIS = 1500;

    @TempDir(factory = RoomyFolder.class)
    private static Path folder;

    private final long seed = Long.getLong("ibid.seed", System.nanoTime());
    private final Vertx vertx = Vertx.vertx();
    private final FakeProvider provider = new FakeProvider();
    private Succession servers;
    private Shelf shelf;

    @BeforeEach
    void start() {
        vertx.deployVerticle(provider).await();
        provider.always(FakeProviderScript.tokens(8, Duration.ofMillis(15)));
        servers =
                new Succession(
                        folder.resolve("data"),
                        Map.of("OPENAI_BASE_URL", provider.openAi().toString()));
        shelf =
                Shelf.readInPeace(
                        servers.newcomer(),
                        IntStream.range(0, NOTES).mapToObj(Readings::note).toList());
    }

    @AfterEach
    void stop() {
        servers.close();
        vertx.close().await();
    }

    @Test
    void loseNothingThatWasAcknowledged() {
        System.out.println("Random deaths with seed " + seed);
        Random random = new Random(seed);
        int acknowledged = 0;

        for (int death = 0; death < DEATHS; death++) {
            acknowledged += dieOnceAndCheck(random.nextLong(LATEST_MILLIS));
        }

        assertThat(acknowledged).as("acknowledged with seed " + seed).isGreaterThan(DEATHS);
    }

    private int dieOnceAndCheck(long afterMillis) {
        Ledger ledger = new Ledger(shelf);
        Person person = servers.newcomer();
        List<CompletableFuture<Void>> load =
                List.of(
                        untilItDies(() -> uploadAll(ledger, person)),
                        untilItDies(() -> askOnAndOn(ledger, person)));

        CompletableFuture.delayedExecutor(afterMillis, TimeUnit.MILLISECONDS)
                .execute(() -> servers.server().kill9());

        load.forEach(CompletableFuture::join);
        servers.kill();
        servers.startNext();
        ledger.assertKept(servers.again(person));
        System.out.printf(
                "killed after %d ms: %d acknowledged, all kept%n", afterMillis, ledger.entries());
        return ledger.entries();
    }

    private static void uploadAll(Ledger ledger, Person person) {
        IntStream.range(0, NOTES)
                .mapToObj(Readings::note)
                .forEach(note -> ledger.upload(person, note));
    }

    private static void askOnAndOn(Ledger ledger, Person person) {
        while (true) {
            ledger.ask(person, "What does the keeper do in winter?");
        }
    }

    /** A lost connection ends the load; any other failure is one of the server. */
    private static CompletableFuture<Void> untilItDies(Runnable load) {
        return CompletableFuture.runAsync(load, Thread::startVirtualThread)
                .exceptionally(failure -> {
                    assertThat(failure).hasCauseInstanceOf(UncheckedIOException.class);
                    return null;
                });
    }
}
