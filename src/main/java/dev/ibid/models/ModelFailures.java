package dev.ibid.models;

import com.fasterxml.jackson.core.JsonProcessingException;

import dev.ibid.failure.Failure;
import dev.ibid.failure.Failure.Kind;
import dev.langchain4j.exception.TimeoutException;
import dev.langchain4j.model.ollama.OllamaStreamingException;

import io.netty.channel.ConnectTimeoutException;
import io.vertx.core.http.ConnectionPoolTooBusyException;

import org.jspecify.annotations.Nullable;

import java.net.ConnectException;
import java.net.ProtocolException;
import java.net.UnknownHostException;
import java.time.Duration;

import javax.net.ssl.SSLException;

/**
 * What to tell people when a provider fails. Each sentence names the provider and the next step,
 * and none repeats what the provider said.
 */
final class ModelFailures {

    private static final Duration SOON = Duration.ofSeconds(5);

    private final ModelConfig config;
    private final String name;

    ModelFailures(ModelConfig config) {
        this.config = config;
        this.name = config.title();
    }

    /**
     * @param begun whether the first token had come
     */
    ModelTrouble of(Throwable thrown, boolean begun) {
        ModelTrouble trouble = sort(thrown, begun);
        return new ModelTrouble(
                trouble.failure().causedBy(thrown), trouble.passing(), trouble.pause());
    }

    private ModelTrouble sort(Throwable thrown, boolean begun) {
        VertxHttpException status = ModelTrouble.find(thrown, VertxHttpException.class);
        if (status != null) {
            return status(status.statusCode(), status.retryAfter());
        }
        if (isSilence(thrown)) {
            return begun ? stalled() : late();
        }
        if (isUnreadable(thrown)) {
            return passing(
                    "model_bad_answer",
                    " sent something that is not a model's answer." + checkAddress());
        }
        if (thrown instanceof ModelTrouble.Empty) {
            return passing("model_empty", " sent an empty answer. Ask again.");
        }
        if (thrown instanceof ModelTrouble.Reported || thrown instanceof OllamaStreamingException) {
            return passing("model_error", " reported an error instead of an answer. Ask again.");
        }
        return begun
                ? passing("model_interrupted", " broke off in the middle of the answer. Ask again.")
                : unconnected(thrown);
    }

    private ModelTrouble status(int status, @Nullable Duration retryAfter) {
        return switch (status) {
            case 401, 403 ->
                    lasting(
                            "model_key_refused",
                            " refused the key of this server."
                                    + check(config.provider().keySetting()));
            case 404 ->
                    lasting(
                            "model_unknown",
                            " does not know the model '" + config.model() + "'." + checkModel());
            case 429 -> limited(retryAfter);
            case 408, 425 -> failed(status, retryAfter);
            default -> status >= 500 ? failed(status, retryAfter) : refused(status);
        };
    }

    private ModelTrouble limited(@Nullable Duration retryAfter) {
        Failure failure =
                Failure.of(
                        Kind.UNAVAILABLE,
                        "model_rate_limited",
                        name + " limits how often it may be asked. Try again in a moment.");
        return new ModelTrouble(
                failure.withRetryAfter(retryAfter == null ? SOON : retryAfter), true, retryAfter);
    }

    private ModelTrouble failed(int status, @Nullable Duration retryAfter) {
        Failure failure =
                provider("model_error", " failed (HTTP " + status + "). Try again in a moment.");
        return new ModelTrouble(
                retryAfter == null ? failure : failure.withRetryAfter(retryAfter),
                true,
                retryAfter);
    }

    private ModelTrouble refused(int status) {
        return status < 400
                ? lasting("model_bad_answer", " answers from another address." + checkAddress())
                : lasting(
                        "model_refused",
                        " refused the request (HTTP "
                                + status
                                + "). Ask something shorter; if that does not help, the"
                                + " operator should check the settings of the model.");
    }

    private ModelTrouble late() {
        String sentence =
                name
                        + " did not begin to answer within "
                        + seconds(config.firstTokenTimeout())
                        + ". Try again; if it stays so, the operator may raise CHAT_TIMEOUT.";
        return new ModelTrouble(Failure.of(Kind.TIMEOUT, "model_timeout", sentence), false, null);
    }

    private ModelTrouble stalled() {
        String sentence =
                name
                        + " stopped in the middle of the answer: nothing came for "
                        + seconds(config.idleTimeout())
                        + ". Ask again.";
        return new ModelTrouble(Failure.of(Kind.TIMEOUT, "model_stalled", sentence), false, null);
    }

    private ModelTrouble unconnected(Throwable thrown) {
        if (ModelTrouble.find(thrown, ConnectionPoolTooBusyException.class) != null) {
            Failure busy =
                    Failure.busy("Too many answers are under way. Try again in a moment.", SOON);
            return new ModelTrouble(busy, false, null);
        }
        if (ModelTrouble.find(thrown, SSLException.class) != null) {
            return unreachable(
                    " cannot be reached safely: its certificate is not trusted." + checkAddress(),
                    false);
        }
        boolean slow = isSlowConnect(thrown);
        if (slow || isRefused(thrown)) {
            String sentence =
                    " cannot be reached. Try again in a moment; if it stays so, the operator should"
                            + " see that it runs and check "
                            + config.provider().addressSetting()
                            + ".";
            return unreachable(sentence, !slow);
        }
        return passing(
                "model_disconnected", " closed the connection without an answer. Ask again.");
    }

    private ModelTrouble unreachable(String rest, boolean passing) {
        Failure failure = Failure.of(Kind.UNAVAILABLE, "model_unreachable", name + rest);
        return new ModelTrouble(failure.withRetryAfter(SOON), passing, null);
    }

    private String checkAddress() {
        return check(config.provider().addressSetting());
    }

    private String checkModel() {
        return config.provider() == ModelConfig.Provider.OLLAMA
                ? " The operator should run 'ollama pull "
                        + config.model()
                        + "' or change OLLAMA_MODEL."
                : check(config.provider().modelSetting());
    }

    private static String check(String setting) {
        return " The operator should check " + setting + ".";
    }

    private static String seconds(Duration time) {
        return time.toSeconds() == 1 ? "1 second" : time.toSeconds() + " seconds";
    }

    private Failure provider(String code, String rest) {
        return Failure.of(Kind.PROVIDER, code, name + rest);
    }

    private ModelTrouble passing(String code, String rest) {
        return new ModelTrouble(provider(code, rest), true, null);
    }

    private ModelTrouble lasting(String code, String rest) {
        return new ModelTrouble(provider(code, rest), false, null);
    }

    private static boolean isSilence(Throwable thrown) {
        return thrown instanceof ModelTrouble.Silent
                || ModelTrouble.find(thrown, TimeoutException.class) != null;
    }

    static boolean isUnreadable(Throwable thrown) {
        return ModelTrouble.find(thrown, ProtocolException.class) != null
                || ModelTrouble.find(thrown, JsonProcessingException.class) != null;
    }

    static boolean isRefused(Throwable thrown) {
        return ModelTrouble.find(thrown, ConnectException.class) != null
                || ModelTrouble.find(thrown, UnknownHostException.class) != null;
    }

    /** The time for connecting is spent, so a second try would only double the wait. */
    static boolean isSlowConnect(Throwable thrown) {
        return ModelTrouble.find(thrown, ConnectTimeoutException.class) != null
                || ModelTrouble.find(thrown, java.util.concurrent.TimeoutException.class) != null;
    }
}
