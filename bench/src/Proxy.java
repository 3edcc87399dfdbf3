import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.PoolOptions;

/** The least that a Vert.x server can do for a stream: pass the provider's bytes on as they are. */
final class Proxy extends VerticleBase {

    private final int port;
    private final int provider;
    private HttpClient client;

    private Proxy(int port, int provider) {
        this.port = port;
        this.provider = provider;
    }

    /** Its own port, the provider's port. */
    public static void main(String... arguments) {
        int cores = Runtime.getRuntime().availableProcessors();
        Vertx vertx =
                Vertx.vertx(
                        new VertxOptions()
                                .setEventLoopPoolSize(cores)
                                .setPreferNativeTransport(true));
        int port = Integer.parseInt(arguments[0]);
        int provider = Integer.parseInt(arguments[1]);
        vertx.deployVerticle(
                        () -> new Proxy(port, provider),
                        new DeploymentOptions().setInstances(cores))
                .await();
        System.out.println("http://127.0.0.1:" + port);
    }

    @Override
    public Future<?> start() {
        client = vertx.createHttpClient(new PoolOptions().setHttp1MaxSize(5000));
        return vertx.createHttpServer()
                .requestHandler(asked -> asked.body().onSuccess(body -> pass(asked, body)))
                .listen(port, "127.0.0.1");
    }

    private void pass(HttpServerRequest asked, Buffer body) {
        client.request(HttpMethod.POST, provider, "127.0.0.1", asked.path())
                .compose(request ->
                        request.putHeader("Content-Type", "application/json").send(body))
                .compose(answer -> stream(asked, answer))
                .onFailure(lost -> asked.response().reset());
    }

    private static Future<Void> stream(HttpServerRequest asked, HttpClientResponse answer) {
        asked.response().setChunked(true).putHeader("Content-Type", "text/event-stream");
        return answer.pipeTo(asked.response());
    }
}
