package dev.ibid.chat;

import com.github.benmanes.caffeine.cache.Ticker;

import dev.ibid.http.Routes;
import dev.ibid.threads.RequestThreads;

import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The life of the chat room. */
public final class ChatVerticle extends VerticleBase {

    private static final Logger log = LoggerFactory.getLogger(ChatVerticle.class);
    private static final int MOST_REQUESTS = 1024;
    private static final int MOST_ANSWERS = 1024;

    private final RequestThreads threads = new RequestThreads("chat", MOST_REQUESTS);
    private final RequestThreads writers = new RequestThreads("answers", MOST_ANSWERS);
    private final Generations generations = new Generations(Ticker.systemTicker());
    private final Messages messages;
    private final Routes routes;

    public ChatVerticle(
            ChatConfig config,
            PassageSelection selection,
            Answerer answerer,
            Conversations conversations,
            Messages messages,
            MeterRegistry registry) {
        ChatMeters meters = new ChatMeters(registry);
        ConversationOpener opener = new ConversationOpener(config, conversations, messages, meters);
        Preparation preparation = new Preparation(config, messages, selection);
        Keeping keeping = new Keeping(messages, generations);
        Answering answering =
                new Answering(
                        writers,
                        opener,
                        generations,
                        (asking, turn) ->
                                new Writing(
                                        asking,
                                        new Generation(asking, turn, config.streamGrace(), meters),
                                        preparation,
                                        answerer,
                                        keeping));
        this.messages = messages;
        this.routes =
                new ChatRoutes(threads, answering, generations, opener, conversations, messages);
    }

    public Routes routes() {
        return routes;
    }

    /** Answers that a process was writing when it died will not be finished. */
    @Override
    public Future<?> start() {
        return vertx.executeBlocking(() -> {
            int left = messages.interruptRunning();
            if (left > 0) {
                log.info("{} answers were cut off when the server last stopped", left);
            }
            return null;
        });
    }

    /** Answers under way are stopped and kept as they are. */
    @Override
    public Future<?> stop() {
        return vertx.executeBlocking(() -> {
            generations.stopAll();
            writers.close();
            threads.close();
            return null;
        });
    }
}
