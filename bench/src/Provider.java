import dev.ibid.testing.FakeProvider;
import dev.ibid.testing.FakeProviderScript;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The model provider of the benchmark: answers "... (100 tokens)" with that many, in equal steps.
 */
final class Provider {

    private static final Pattern TOKENS = Pattern.compile("\\((\\d+) tokens\\)\\W*$");

    private Provider() {}

    /** Port, milliseconds between two tokens. */
    public static void main(String... arguments) {
        Duration interval = Duration.ofMillis(Long.parseLong(arguments[1]));
        FakeProvider provider = new FakeProvider(Integer.parseInt(arguments[0]), 10);
        provider.always(
                request -> FakeProviderScript.tokens(tokens(request.lastUserText()), interval));
        VertxOptions one = new VertxOptions().setEventLoopPoolSize(1);
        Vertx.vertx(one.setPreferNativeTransport(true)).deployVerticle(provider).await();
        System.out.println(provider.openAi());
    }

    private static int tokens(String question) {
        Matcher asked = TOKENS.matcher(question);
        return asked.find() ? Integer.parseInt(asked.group(1)) : 1;
    }
}
