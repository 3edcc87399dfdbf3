package dev.ibid.models;

import dev.langchain4j.http.client.HttpClient;
import dev.langchain4j.http.client.HttpClientBuilder;

import java.time.Duration;

/**
 * Builds langchain4j's view of a transport. langchain4j sets both timeouts to values of its own, so
 * a timeout asked for here can only shorten the transport's, never lengthen it.
 */
public final class VertxHttpClientBuilder implements HttpClientBuilder {

    private final VertxHttpTransport transport;
    private Duration connectTimeout;
    private Duration readTimeout;

    VertxHttpClientBuilder(VertxHttpTransport transport) {
        this.transport = transport;
        this.connectTimeout = transport.options().connectTimeout();
        this.readTimeout = transport.options().readTimeout();
    }

    @Override
    public Duration connectTimeout() {
        return connectTimeout;
    }

    @Override
    public VertxHttpClientBuilder connectTimeout(Duration timeout) {
        connectTimeout = shorter(timeout, transport.options().connectTimeout());
        return this;
    }

    @Override
    public Duration readTimeout() {
        return readTimeout;
    }

    @Override
    public VertxHttpClientBuilder readTimeout(Duration timeout) {
        readTimeout = shorter(timeout, transport.options().readTimeout());
        return this;
    }

    @Override
    public HttpClient build() {
        return new VertxHttpClient(transport, readTimeout);
    }

    private static Duration shorter(Duration asked, Duration bound) {
        return asked.compareTo(bound) < 0 ? asked : bound;
    }
}
