package dev.ibid.extraction;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.ServerSocket;
import java.net.Socket;

/**
 * Takes the network away from this virtual machine, for ever: no socket or channel of Java's can be
 * made, neither by host name nor by address. What remains: native code, and programs that this
 * process starts, are not bound by it; whoever needs that as well confines the whole server (a
 * container without a way out).
 */
final class NoNetwork {

    private NoNetwork() {}

    /** To be called before anything else; a second call fails. */
    @SuppressWarnings("deprecation") // there is no other way to refuse, and none is planned
    static void impose() {
        try {
            Socket.setSocketImplFactory(() -> {
                throw refused();
            });
            ServerSocket.setSocketFactory(() -> {
                throw refused();
            });
            DatagramSocket.setDatagramSocketImplFactory(() -> {
                throw refused();
            });
        } catch (IOException alreadySet) {
            throw new UncheckedIOException(alreadySet);
        }
        System.setProperty("java.nio.channels.spi.SelectorProvider", NoChannels.class.getName());
        System.setProperty(
                "java.nio.channels.spi.AsynchronousChannelProvider",
                NoAsynchronousChannels.class.getName());
    }

    static UnsupportedOperationException refused() {
        return new UnsupportedOperationException("the reader of documents has no network");
    }
}
