package dev.ibid.models;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;

import dev.ibid.json.Json;
import dev.ibid.models.Completion.Finish;
import dev.langchain4j.http.client.sse.ServerSentEvent;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.PartialThinking;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.output.FinishReason;
import dev.langchain4j.model.output.TokenUsage;

import io.vertx.core.Context;

import org.jspecify.annotations.Nullable;

/**
 * One request through langchain4j, whose callbacks leave gaps that this class closes: an end that
 * is not reported, an end reported after a failure, a stream that was cut and looks complete, an
 * error that looks like an empty token.
 */
final class ModelAttempt implements StreamingChatResponseHandler {

    /**
     * What an attempt comes to, on its event loop: exactly one of {@code completed} and {@code
     * failed} at the end.
     */
    interface Outcome {
        void text(String delta);

        void thought(String delta);

        void completed(Completion completion);

        void failed(Throwable cause);
    }

    private final Outcome outcome;
    private final Context context;
    private final VertxCall wire;
    private boolean spoke;
    private boolean ended;

    ModelAttempt(Context context, Outcome outcome) {
        this.context = context;
        this.outcome = outcome;
        this.wire = new VertxCall(context, this::wireEnded);
    }

    void begin(StreamingChatModel model, ChatRequest request) {
        try {
            wire.carry(() -> model.chat(request, this));
        } catch (RuntimeException unsent) {
            context.runOnContext(now -> onError(unsent));
        }
    }

    void cancel() {
        wire.cancel();
    }

    @Override
    public void onPartialResponse(String text) {
        if (!ended) {
            spoke = true;
            outcome.text(text);
        }
    }

    @Override
    public void onPartialThinking(PartialThinking thinking) {
        if (!ended) {
            outcome.thought(thinking.text());
        }
    }

    /**
     * OpenAI's protocol has no place for an error once the stream has begun; servers send an object
     * with an {@code error} in it.
     */
    @Override
    public void onUnmappedRawEvent(Object event) {
        if (event instanceof ServerSentEvent sent
                && sent.data().contains("\"error\"")
                && isError(sent.data())) {
            onError(new ModelTrouble.Reported(sent.data()));
        }
    }

    @Override
    public void onCompleteResponse(ChatResponse response) {
        FinishReason reason = response.finishReason();
        boolean whole = reason != null || wire.isDone();
        boolean silent =
                !spoke && reason != FinishReason.CONTENT_FILTER && reason != FinishReason.LENGTH;
        if (silent) {
            onError(new ModelTrouble.Empty());
        } else if (!whole) {
            onError(new ModelTrouble.Interrupted());
        } else if (!ended) {
            ended = true;
            outcome.completed(
                    new Completion(finish(reason), model(response), usage(response.tokenUsage())));
        }
    }

    @Override
    public void onError(Throwable error) {
        if (!ended) {
            ended = true;
            boolean reported =
                    error.getClass() == RuntimeException.class && error.getCause() == null;
            outcome.failed(
                    reported
                            ? new ModelTrouble.Reported(String.valueOf(error.getMessage()))
                            : error);
        }
    }

    private void wireEnded() {
        onError(spoke ? new ModelTrouble.Interrupted() : new ModelTrouble.Empty());
    }

    private static boolean isError(String data) {
        try {
            JsonNode error = Json.MAPPER.readTree(data).get("error");
            return error != null && !error.isNull();
        } catch (JsonProcessingException unreadable) {
            return false;
        }
    }

    private static String model(ChatResponse response) {
        return response.modelName() == null ? "" : response.modelName();
    }

    private static Finish finish(@Nullable FinishReason reason) {
        return switch (reason) {
            case STOP -> Finish.STOP;
            case LENGTH -> Finish.LENGTH;
            case CONTENT_FILTER -> Finish.FILTERED;
            case null, default -> Finish.OTHER;
        };
    }

    private static Completion.@Nullable Usage usage(@Nullable TokenUsage counted) {
        if (counted == null
                || counted.inputTokenCount() == null
                || counted.outputTokenCount() == null) {
            return null;
        }
        return new Completion.Usage(counted.inputTokenCount(), counted.outputTokenCount());
    }
}
