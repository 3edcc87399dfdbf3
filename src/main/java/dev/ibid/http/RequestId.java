package dev.ibid.http;

import com.github.f4b6a3.uuid.UuidCreator;

import io.vertx.ext.web.RoutingContext;

import java.util.regex.Pattern;

/**
 * The id under which a request is found in the log: the proxy's {@code X-Request-Id} if it has a
 * harmless form, else a new one.
 */
final class RequestId {

    static final String HEADER = "X-Request-Id";
    private static final String KEY = RequestId.class.getName();
    private static final Pattern HARMLESS = Pattern.compile("[A-Za-z0-9-]{8,64}");

    private RequestId() {}

    static String of(RoutingContext routing) {
        String known = routing.get(KEY);
        if (known != null) {
            return known;
        }
        String sent = routing.request().getHeader(HEADER);
        String id =
                sent != null && HARMLESS.matcher(sent).matches()
                        ? sent
                        : UuidCreator.getTimeOrderedEpoch().toString();
        routing.put(KEY, id);
        return id;
    }
}
