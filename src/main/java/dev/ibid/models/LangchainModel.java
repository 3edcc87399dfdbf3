package dev.ibid.models;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;

import java.util.List;
import java.util.function.Function;
import java.util.function.ToIntFunction;

/** A language model behind one of langchain4j's streaming models, over a transport of its own. */
final class LangchainModel implements LanguageModel {

    private final ModelConfig config;
    private final VertxHttpTransport transport;
    private final StreamingChatModel model;
    private final Function<Prompt, ChatRequestParameters> parameters;
    private final ToIntFunction<String> tokens;
    private final ModelInfo info;

    LangchainModel(
            ModelConfig config,
            VertxHttpTransport transport,
            StreamingChatModel model,
            Function<Prompt, ChatRequestParameters> parameters,
            ToIntFunction<String> tokens) {
        this.config = config;
        this.transport = transport;
        this.model = model;
        this.parameters = parameters;
        this.tokens = tokens;
        this.info =
                new ModelInfo(config.title(), config.model(), config.window(), config.maxTokens());
    }

    @Override
    public ModelInfo info() {
        return info;
    }

    @Override
    public ModelCall stream(Prompt prompt, TokenListener listener) {
        ChatRequest request =
                ChatRequest.builder()
                        .messages(messages(prompt))
                        .parameters(parameters.apply(prompt))
                        .build();
        return new LiveAnswer(model, request, listener, config, transport).begin();
    }

    @Override
    public int countTokens(String text) {
        return tokens.applyAsInt(text);
    }

    @Override
    public void close() {
        transport.close();
    }

    private static List<ChatMessage> messages(Prompt prompt) {
        return prompt.turns().stream().map(LangchainModel::message).toList();
    }

    private static ChatMessage message(Prompt.Turn turn) {
        return switch (turn.role()) {
            case SYSTEM -> SystemMessage.from(turn.text());
            case USER -> UserMessage.from(turn.text());
            case ASSISTANT -> AiMessage.from(turn.text());
        };
    }
}
