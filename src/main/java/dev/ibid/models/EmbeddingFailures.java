package dev.ibid.models;

import dev.ibid.failure.Failure;
import dev.ibid.failure.Failure.Kind;
import dev.ibid.models.ModelConfig.Provider;
import dev.langchain4j.exception.TimeoutException;

import io.vertx.core.http.ConnectionPoolTooBusyException;

import org.jspecify.annotations.Nullable;

import java.time.Duration;

import javax.net.ssl.SSLException;

/**
 * What to tell people when an embedding model fails, and whether the same passages may succeed
 * later. None of the sentences repeats what the provider said.
 */
final class EmbeddingFailures {

    private static final Duration SOON = Duration.ofSeconds(5);

    /** The answer can be read, but its vectors cannot be used. */
    static final class Unusable extends RuntimeException {
        Unusable(String message) {
            super(message);
        }
    }

    private final ModelConfig config;
    private final String name;

    /**
     * @param config the account that is asked
     */
    EmbeddingFailures(ModelConfig config) {
        this.config = config;
        this.name = config.title();
    }

    ModelTrouble of(RuntimeException thrown) {
        ModelTrouble trouble = sort(thrown);
        return new ModelTrouble(
                trouble.failure().causedBy(thrown), trouble.passing(), trouble.pause());
    }

    Failure otherDimension(int dimension, int expected) {
        return Failure.of(
                Kind.PROVIDER,
                "embedding_other_model",
                name
                        + " sends vectors of "
                        + dimension
                        + " numbers, but the index was made with "
                        + expected
                        + ": it runs another model under the name '"
                        + config.model()
                        + "'. The operator should give the model a name of its own and set"
                        + " EMBEDDING_MODEL.");
    }

    private ModelTrouble sort(RuntimeException thrown) {
        VertxHttpException status = ModelTrouble.find(thrown, VertxHttpException.class);
        if (status != null) {
            return status(status.statusCode(), status.retryAfter());
        }
        if (ModelTrouble.find(thrown, ConnectionPoolTooBusyException.class) != null) {
            Failure busy =
                    Failure.busy("Too many texts are being embedded. Try again in a moment.", SOON);
            return new ModelTrouble(busy, false, null);
        }
        if (ModelTrouble.find(thrown, SSLException.class) != null) {
            return unreachable(
                    " cannot be reached safely: its certificate is not trusted. The operator should"
                            + " check "
                            + config.provider().addressSetting()
                            + ".",
                    false);
        }
        boolean slow = ModelFailures.isSlowConnect(thrown);
        if (slow || ModelFailures.isRefused(thrown)) {
            return unreachable(
                    " cannot be reached. It is tried again; if it stays so, the operator should see"
                            + " that it runs and check "
                            + config.provider().addressSetting()
                            + ".",
                    !slow);
        }
        if (ModelTrouble.find(thrown, TimeoutException.class) != null) {
            return new ModelTrouble(
                    Failure.of(
                            Kind.TIMEOUT,
                            "embedding_timeout",
                            name + " took too long to embed a text. It is tried again."),
                    false,
                    null);
        }
        return unreadable(thrown);
    }

    private ModelTrouble unreadable(RuntimeException thrown) {
        boolean disconnected =
                !(thrown instanceof Unusable)
                        && !ModelFailures.isUnreadable(thrown)
                        && ModelTrouble.find(thrown, java.io.IOException.class) != null;
        return disconnected
                ? provider(
                        "embedding_disconnected",
                        " closed the connection without an answer. It is tried again.",
                        true)
                : provider(
                        "embedding_bad_answer",
                        " sent something that cannot be used as the vectors of a text. The operator"
                                + " should check "
                                + config.provider().addressSetting()
                                + " and EMBEDDING_MODEL.",
                        true);
    }

    private ModelTrouble status(int status, @Nullable Duration retryAfter) {
        return switch (status) {
            case 401, 403 ->
                    provider(
                            "embedding_key_refused",
                            " refused the key of this server. The operator should check "
                                    + config.provider().keySetting()
                                    + ".",
                            false);
            case 404 ->
                    provider(
                            "embedding_model_unknown",
                            " does not know the embedding model '"
                                    + config.model()
                                    + "'. The operator should "
                                    + remedy()
                                    + ".",
                            false);
            case 429 -> limited(retryAfter);
            case 400, 413, 422 -> new ModelTrouble(refused(status), false, null);
            default -> failed(status, retryAfter);
        };
    }

    private String remedy() {
        return config.provider() == Provider.OLLAMA
                ? "run 'ollama pull " + config.model() + "' or change EMBEDDING_MODEL"
                : "check EMBEDDING_MODEL";
    }

    private ModelTrouble limited(@Nullable Duration retryAfter) {
        Failure failure =
                Failure.of(
                        Kind.UNAVAILABLE,
                        "embedding_rate_limited",
                        name + " limits how often it may be asked. It is tried again in a moment.");
        return new ModelTrouble(
                failure.withRetryAfter(retryAfter == null ? SOON : retryAfter), true, retryAfter);
    }

    private Failure refused(int status) {
        return Failure.of(
                Kind.UNPROCESSABLE,
                "embedding_refused",
                name
                        + " refused a passage of this text (HTTP "
                        + status
                        + "). Tell the operator: the embedding model may take shorter passages"
                        + " only, or EMBEDDING_MODEL is wrong.");
    }

    private ModelTrouble failed(int status, @Nullable Duration retryAfter) {
        Failure failure =
                Failure.of(
                        Kind.PROVIDER,
                        "embedding_failed",
                        name + " failed (HTTP " + status + "). It is tried again in a moment.");
        return new ModelTrouble(
                retryAfter == null ? failure : failure.withRetryAfter(retryAfter),
                status >= 500 || status == 408 || status == 425,
                retryAfter);
    }

    private ModelTrouble unreachable(String rest, boolean passing) {
        Failure failure = Failure.of(Kind.UNAVAILABLE, "embedding_unreachable", name + rest);
        return new ModelTrouble(failure.withRetryAfter(SOON), passing, null);
    }

    private ModelTrouble provider(String code, String rest, boolean passing) {
        return new ModelTrouble(Failure.of(Kind.PROVIDER, code, name + rest), passing, null);
    }
}
