package dev.ibid.testing;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Answers in one piece. */
final class FakeProviderAnswers {

    private FakeProviderAnswers() {}

    static Object openAiChat(String model, FakeProviderScript script) {
        Map<String, Object> message = Map.of("role", "assistant", "content", text(script));
        return Map.of(
                "id",
                "chatcmpl-1",
                "object",
                "chat.completion",
                "created",
                1700000000,
                "model",
                model,
                "choices",
                List.of(Map.of("index", 0, "message", message, "finish_reason", "stop")),
                "usage",
                Map.of(
                        "prompt_tokens",
                        7,
                        "completion_tokens",
                        script.count(),
                        "total_tokens",
                        7 + script.count()));
    }

    static Object ollamaChat(String model, FakeProviderScript script) {
        return Map.of(
                "model",
                model,
                "created_at",
                "2025-01-22T11:22:42.180546Z",
                "message",
                Map.of("role", "assistant", "content", text(script)),
                "done_reason",
                "stop",
                "done",
                true,
                "prompt_eval_count",
                7,
                "eval_count",
                script.count());
    }

    static Object openAiModels(List<String> models) {
        Stream<Map<String, Object>> data =
                models.stream()
                        .map(name ->
                                Map.of(
                                        "id",
                                        name,
                                        "object",
                                        "model",
                                        "created",
                                        1700000000,
                                        "owned_by",
                                        "fake"));
        return Map.of("object", "list", "data", data.toList());
    }

    static Object ollamaTags(List<String> models) {
        return Map.of(
                "models",
                models.stream()
                        .map(name -> Map.of("name", name, "model", name, "size", 1))
                        .toList());
    }

    private static String text(FakeProviderScript script) {
        return String.join("", script.tokens().subList(0, script.count()));
    }
}
