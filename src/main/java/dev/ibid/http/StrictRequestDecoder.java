package dev.ibid.http;

import io.netty.channel.ChannelPipeline;
import io.netty.util.AsciiString;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.impl.VertxHttpRequestDecoder;
import io.vertx.core.net.impl.VertxConnection;

/**
 * Takes each header name as it was sent. Vert.x 5.0's own decoder recognises common names without
 * looking at every letter, so that {@code Content-Xength} counts as {@code Content-Length}: behind
 * a proxy that reads it rightly, one request could hide inside another (CVE-2026-102479). See
 * decision 0002.
 */
final class StrictRequestDecoder extends VertxHttpRequestDecoder {

    private static final String VERTX_DECODER = "httpDecoder";

    private StrictRequestDecoder(HttpServerOptions options) {
        super(options);
    }

    /** Replaces the decoder of a new connection before its first byte is read. */
    static void install(HttpConnection connection, HttpServerOptions options) {
        ChannelPipeline pipeline = ((VertxConnection) connection).channel().pipeline();
        pipeline.replace(VERTX_DECODER, VERTX_DECODER, new StrictRequestDecoder(options));
    }

    @Override
    protected AsciiString splitHeaderName(byte[] bytes, int start, int length) {
        return new AsciiString(bytes, start, length, true);
    }
}
