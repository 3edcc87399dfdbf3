package dev.ibid.models;

import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A process of its own that embeds one text where no socket can be opened, and prints how many were
 * asked for.
 */
final class LonelyStart {

    private LonelyStart() {}

    @SuppressWarnings("deprecation") // the one hook that sees every plain socket of a process
    public static void main(String[] arguments) throws IOException {
        AtomicInteger sockets = new AtomicInteger();
        Socket.setSocketImplFactory(() -> {
            sockets.incrementAndGet();
            throw new IllegalStateException("No network here");
        });
        int dimension = dimension(Path.of(arguments[0]));
        System.out.println("dimension=" + dimension + " sockets=" + sockets);
    }

    private static int dimension(Path cacheDir) {
        try (MiniLmEmbedder embedder = new MiniLmEmbedder(cacheDir, 1, 1)) {
            return embedder.embedQuery("Is anybody there?").length;
        } catch (IllegalStateException refused) {
            return 0;
        }
    }
}
