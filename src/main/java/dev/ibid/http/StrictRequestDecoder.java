package dev.ibid.http;

import dev.ibid.json.Json;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.AsciiString;
import io.netty.util.concurrent.Future;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.impl.VertxHttpRequestDecoder;
import io.vertx.core.net.impl.VertxConnection;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Takes each header name as it was sent. Vert.x 5.0's own decoder recognises common names without
 * looking at every letter, so that {@code Content-Xength} counts as {@code Content-Length}: behind
 * a proxy that reads it rightly, one request could hide inside another (CVE-2026-102479). See
 * decision 0002. It also sees that a request's head, once begun, arrives in time.
 */
final class StrictRequestDecoder extends VertxHttpRequestDecoder {

    private static final String VERTX_DECODER = "httpDecoder";
    private static final String VERTX_HANDLER = "handler";

    private final IdleLimit idle;
    private final Duration headPatience;
    private boolean inBody;
    private @Nullable Future<?> deadline;

    private StrictRequestDecoder(HttpServerOptions options, IdleLimit idle, Duration headPatience) {
        super(options);
        this.idle = idle;
        this.headPatience = headPatience;
    }

    /** Replaces the decoder of a new connection before its first byte is read. */
    static void install(HttpConnection connection, HttpServerOptions options, Patience patience) {
        ChannelPipeline pipeline = ((VertxConnection) connection).channel().pipeline();
        IdleLimit idle = new IdleLimit();
        pipeline.replace(
                VERTX_DECODER,
                VERTX_DECODER,
                new StrictRequestDecoder(options, idle, patience.head()));
        pipeline.addBefore(VERTX_HANDLER, "idleLimit", idle);
    }

    @Override
    protected AsciiString splitHeaderName(byte[] bytes, int start, int length) {
        return new AsciiString(bytes, start, length, true);
    }

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out)
            throws Exception {
        if (!inBody && deadline == null && in.isReadable()) {
            deadline =
                    context.executor()
                            .schedule(
                                    () -> refuse(context),
                                    headPatience.toMillis(),
                                    TimeUnit.MILLISECONDS);
        }
        int known = out.size();
        super.decode(context, in, out);
        out.subList(known, out.size()).forEach(this::follow);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) throws Exception {
        forgetDeadline();
        super.channelInactive(context);
    }

    private void follow(Object decoded) {
        if (decoded instanceof HttpRequest) {
            forgetDeadline();
            inBody = true;
        }
        if (decoded instanceof LastHttpContent) {
            inBody = false;
        }
    }

    private void forgetDeadline() {
        if (deadline != null) {
            deadline.cancel(false);
            deadline = null;
        }
    }

    /** While an earlier request is being answered, a word in between would be taken for it. */
    private void refuse(ChannelHandlerContext context) {
        if (idle.isAnswering()) {
            ChannelFuture _ = context.close();
        } else {
            ChannelFuture _ =
                    context.channel()
                            .writeAndFlush(tooSlow())
                            .addListener(ChannelFutureListener.CLOSE);
        }
    }

    private static FullHttpResponse tooSlow() {
        Problem problem = Problems.slowHead();
        byte[] body = Json.bytes(problem);
        FullHttpResponse response =
                new DefaultFullHttpResponse(
                        HttpVersion.HTTP_1_1,
                        HttpResponseStatus.REQUEST_TIMEOUT,
                        Unpooled.wrappedBuffer(body));
        StandardHeaders.of(String.valueOf(problem.requestId())).forEach(response.headers()::set);
        response.headers()
                .set(HttpHeaderNames.CONTENT_TYPE, ReplyWriter.PROBLEM)
                .set(HttpHeaderNames.CONTENT_LENGTH, body.length)
                .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        return response;
    }
}
