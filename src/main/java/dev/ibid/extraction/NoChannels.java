package dev.ibid.extraction;

import java.net.ProtocolFamily;
import java.nio.channels.DatagramChannel;
import java.nio.channels.Pipe;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.channels.spi.AbstractSelector;
import java.nio.channels.spi.SelectorProvider;

/** Makes no channel. Public, with a constructor, because Java makes it by its name. */
public final class NoChannels extends SelectorProvider {

    @Override
    public DatagramChannel openDatagramChannel() {
        throw NoNetwork.refused();
    }

    @Override
    public DatagramChannel openDatagramChannel(ProtocolFamily family) {
        throw NoNetwork.refused();
    }

    @Override
    public Pipe openPipe() {
        throw NoNetwork.refused();
    }

    @Override
    public AbstractSelector openSelector() {
        throw NoNetwork.refused();
    }

    @Override
    public ServerSocketChannel openServerSocketChannel() {
        throw NoNetwork.refused();
    }

    @Override
    public SocketChannel openSocketChannel() {
        throw NoNetwork.refused();
    }

    @Override
    public ServerSocketChannel openServerSocketChannel(ProtocolFamily family) {
        throw NoNetwork.refused();
    }

    @Override
    public SocketChannel openSocketChannel(ProtocolFamily family) {
        throw NoNetwork.refused();
    }
}
