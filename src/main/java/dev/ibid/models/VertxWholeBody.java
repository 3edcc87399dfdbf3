package dev.ibid.models;

import dev.langchain4j.http.client.SuccessfulHttpResponse;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;

import org.jspecify.annotations.Nullable;

import java.net.ProtocolException;
import java.util.concurrent.CompletableFuture;

/** Collects an answer up to a bound. */
final class VertxWholeBody implements VertxExchange.Reader {

    private final int limit;
    private final CompletableFuture<SuccessfulHttpResponse> answer = new CompletableFuture<>();
    private final Buffer body = Buffer.buffer();
    private SuccessfulHttpResponse.@Nullable Builder head;

    VertxWholeBody(int limit) {
        this.limit = limit;
    }

    CompletableFuture<SuccessfulHttpResponse> answer() {
        return answer;
    }

    @Override
    public void opened(HttpClientResponse response) {
        head = VertxHttpClient.head(response);
    }

    @Override
    public void read(Buffer packet) throws ProtocolException {
        if (body.length() + packet.length() > limit) {
            throw new ProtocolException("an answer of more than " + limit + " bytes");
        }
        body.appendBuffer(packet);
    }

    @Override
    public void ended() {
        if (head != null) {
            answer.complete(head.body(body.getBytes()).build());
        }
    }

    @Override
    public void failed(Throwable cause) {
        answer.completeExceptionally(cause);
    }
}
