package dev.ibid.http;

import io.netty.handler.ipfilter.IpFilterRuleType;
import io.netty.handler.ipfilter.IpSubnetFilterRule;
import io.netty.util.NetUtil;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;

import org.jspecify.annotations.Nullable;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.stream.Stream;

/** The proxies that are believed when they say for whom they ask. */
record TrustedProxies(List<IpSubnetFilterRule> networks) {

    static final String FORWARDED_FOR = "X-Forwarded-For";

    /**
     * @param text such as {@code 10.0.0.7,172.16.0.0/12}
     * @throws IllegalArgumentException when something in it is neither an address nor a network
     */
    static TrustedProxies parse(String text) {
        return new TrustedProxies(
                Stream.of(text.split(","))
                        .map(String::strip)
                        .map(TrustedProxies::network)
                        .toList());
    }

    /**
     * The address of whoever asks: the socket's, or, as far as trusted proxies pass the word on,
     * the one that the outermost of them saw.
     */
    String client(HttpServerRequest request) {
        String client = request.remoteAddress().hostAddress();
        List<String> named = named(request.headers());
        for (String before : named.reversed()) {
            if (!trusts(client)) {
                return client;
            }
            String address = address(before);
            if (address == null) {
                return client;
            }
            client = address;
        }
        return client;
    }

    /** Whether some proxy says that it asks for somebody else. */
    static boolean isForwarded(HttpServerRequest request) {
        return Stream.of(FORWARDED_FOR, "Forwarded", "X-Real-IP", "Via")
                .anyMatch(request.headers()::contains);
    }

    private boolean trusts(String address) {
        InetSocketAddress socket =
                new InetSocketAddress(NetUtil.createInetAddressFromIpAddressString(address), 0);
        return networks.stream().anyMatch(network -> network.matches(socket));
    }

    private static List<String> named(MultiMap headers) {
        return headers.getAll(FORWARDED_FOR).stream()
                .flatMap(line -> Stream.of(line.split(",")))
                .map(String::strip)
                .toList();
    }

    private static @Nullable String address(String named) {
        if (isAddress(named)) {
            return named;
        }
        HostAndPort pair = HostAndPort.parseAuthority(named, 0);
        String host = pair == null ? "" : pair.host().replaceAll("^\\[|]$", "");
        return isAddress(host) ? host : null;
    }

    private static boolean isAddress(String text) {
        return NetUtil.isValidIpV4Address(text) || NetUtil.isValidIpV6Address(text);
    }

    private static IpSubnetFilterRule network(String text) {
        String[] parts = text.split("/", 2);
        if (!isAddress(parts[0])) {
            throw new IllegalArgumentException(text);
        }
        int whole = NetUtil.isValidIpV4Address(parts[0]) ? 32 : 128;
        int prefix = parts.length == 1 ? whole : Integer.parseInt(parts[1]);
        return new IpSubnetFilterRule(parts[0], prefix, IpFilterRuleType.ACCEPT);
    }
}
