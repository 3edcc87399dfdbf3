package dev.ibid.extraction;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousSocketChannel;
import java.nio.channels.DatagramChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.List;

/**
 * A program that starts the parser's own and then does what a library must not: it calls somebody.
 * Its exit code is the number of ways on which it got through.
 */
public final class Caller {

    private interface Call {
        void make(InetSocketAddress to) throws Exception;
    }

    private static final List<Call> WAYS =
            List.of(
                    to -> new Socket(to.getAddress(), to.getPort()).close(),
                    to -> SocketChannel.open(to).close(),
                    to -> AsynchronousSocketChannel.open().connect(to).get(),
                    to -> URI.create(url(to)).toURL().openStream().close(),
                    to ->
                            HttpClient.newHttpClient()
                                    .send(
                                            HttpRequest.newBuilder(URI.create(url(to))).build(),
                                            BodyHandlers.discarding()),
                    to -> new DatagramSocket().send(new DatagramPacket(new byte[1], 1, to)),
                    to -> DatagramChannel.open().send(ByteBuffer.allocate(1), to),
                    to -> new ServerSocket(0).close(),
                    to -> ServerSocketChannel.open().close());

    private Caller() {}

    /** Arguments: the port of this machine to call; "free" to do so without the parser. */
    public static void main(String[] arguments) throws Exception {
        InetSocketAddress to = new InetSocketAddress("127.0.0.1", Integer.parseInt(arguments[0]));
        if (arguments.length == 1) {
            becomeTheParser();
        }
        System.exit((int) WAYS.stream().filter(way -> getsThrough(way, to)).count());
    }

    private static void becomeTheParser() {
        Thread.ofPlatform().daemon().start(Caller::parse);
        long patience = System.nanoTime() + 10_000_000_000L;
        while (System.getProperty("java.nio.channels.spi.AsynchronousChannelProvider") == null
                && System.nanoTime() < patience) {
            Thread.onSpinWait();
        }
    }

    static int ways() {
        return WAYS.size();
    }

    private static void parse() {
        try {
            ParserMain.main(new String[0]);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean getsThrough(Call way, InetSocketAddress to) {
        try {
            way.make(to);
            return true;
        } catch (Exception | Error refused) {
            return false;
        }
    }

    private static String url(InetSocketAddress to) {
        return "http://127.0.0.1:" + to.getPort() + "/";
    }
}
