package dev.ibid.http;

import io.netty.util.NetUtil;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;

import java.net.InetAddress;
import java.net.URI;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The names by which a server in local mode may be called. A web page can have its own name resolve
 * to this machine (DNS rebinding) and would then speak to us as if it were ours; but it cannot
 * change the name under which it asks.
 */
final class OwnNames {

    private final Set<String> names;

    OwnNames(HttpConfig config) {
        this.names =
                Stream.concat(
                                Stream.of("localhost", config.host()),
                                config.allowedOrigins().stream()
                                        .map(origin -> URI.create(origin).getHost()))
                        .map(name -> name.toLowerCase(Locale.ROOT))
                        .collect(Collectors.toUnmodifiableSet());
    }

    /** A program that names nobody is no browser. */
    boolean isCalled(HttpServerRequest request) {
        HostAndPort host = request.authority();
        return host == null
                ? !request.headers().contains(HttpHeaders.HOST)
                : isOurs(host.host().toLowerCase(Locale.ROOT).replaceAll("^\\[|]$", ""));
    }

    private boolean isOurs(String name) {
        return names.contains(name) || name.endsWith(".localhost") || isLoopback(name);
    }

    static boolean isLoopback(String name) {
        InetAddress address = NetUtil.createInetAddressFromIpAddressString(name);
        return address != null && address.isLoopbackAddress();
    }
}
