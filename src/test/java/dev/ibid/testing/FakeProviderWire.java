package dev.ibid.testing;

import dev.ibid.json.Json;
import dev.ibid.testing.FakeProviderScript.Ending;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The events of a streamed answer, each as the bytes of one protocol. */
sealed interface FakeProviderWire {

    String contentType();

    /** What comes before the first token. */
    List<String> opening();

    /** One token; {@code padding} is an unknown field, or nothing. */
    String token(String text, String padding);

    List<String> closing(Ending ending, int tokens);

    String garbled();

    String error();

    /** What a client must ignore between two events. */
    String noise();

    /**
     * Half a surrogate pair has no UTF-8 form, so providers that split one write it as an escape.
     */
    static String quoted(String text) {
        String json = Json.text(text);
        if (text.isEmpty()) {
            return json;
        }
        boolean half =
                Character.isHighSurrogate(text.charAt(text.length() - 1))
                        || Character.isLowSurrogate(text.charAt(0));
        return half ? escaped(json) : json;
    }

    private static String escaped(String json) {
        return json.chars()
                .mapToObj(unit ->
                        unit < 0x80 ? String.valueOf((char) unit) : String.format("\\u%04x", unit))
                .collect(Collectors.joining());
    }

    /** {@code data: {...}} with {@code [DONE]} at the end, chunks of type chat.completion.chunk. */
    record OpenAi(String model, boolean usage) implements FakeProviderWire {

        private static final String HEAD =
                "data:"
                        + " {\"id\":\"chatcmpl-1\",\"object\":\"chat.completion.chunk\",\"created\":1700000000,\"model\":";

        @Override
        public String contentType() {
            return "text/event-stream; charset=utf-8";
        }

        @Override
        public List<String> opening() {
            return List.of(
                    chunk(
                            "{\"role\":\"assistant\",\"content\":\"\",\"refusal\":null}",
                            "null",
                            ""));
        }

        @Override
        public String token(String text, String padding) {
            return chunk("{\"content\":" + quoted(text) + "}", "null", padding);
        }

        @Override
        public List<String> closing(Ending ending, int tokens) {
            List<String> closing = new ArrayList<>();
            if (ending != Ending.ONLY_DONE) {
                closing.add(chunk("{}", "\"" + reason(ending) + "\"", ""));
            }
            if (usage) {
                closing.add(
                        HEAD
                                + Json.text(model)
                                + ",\"choices\":[],\"usage\":{\"prompt_tokens\":7,\"completion_tokens\":"
                                + tokens
                                + ",\"total_tokens\":"
                                + (7 + tokens)
                                + "}}\n\n");
            }
            if (ending != Ending.WITHOUT_DONE) {
                closing.add("data: [DONE]\n\n");
            }
            return closing;
        }

        @Override
        public String garbled() {
            return "data: {\"choices\":[{\"delta\":{\"content\":\n\n";
        }

        @Override
        public String error() {
            return "data: {\"error\":{\"message\":\"the engine is"
                    + " overloaded\",\"type\":\"server_error\"}}\n\n";
        }

        @Override
        public String noise() {
            return ": still here\n\n"
                    + "id: 7\n"
                    + "retry: 100\n\n"
                    + "event: ping\n"
                    + "data: {\"type\":\"ping\"}\n\n";
        }

        private String chunk(String delta, String reason, String padding) {
            return HEAD
                    + Json.text(model)
                    + padding
                    + ",\"choices\":[{\"index\":0,\"delta\":"
                    + delta
                    + ",\"logprobs\":null,\"finish_reason\":"
                    + reason
                    + "}]"
                    + (usage ? ",\"usage\":null" : "")
                    + "}\n\n";
        }

        private static String reason(Ending ending) {
            return switch (ending) {
                case LENGTH -> "length";
                case FILTERED -> "content_filter";
                default -> "stop";
            };
        }
    }

    /** One JSON object a line, the last with {@code "done":true}. */
    record Ollama(String model) implements FakeProviderWire {

        @Override
        public String contentType() {
            return "application/x-ndjson";
        }

        @Override
        public List<String> opening() {
            return List.of();
        }

        @Override
        public String token(String text, String padding) {
            return head(text) + padding + ",\"done\":false}\n";
        }

        @Override
        public List<String> closing(Ending ending, int tokens) {
            String reason = ending == Ending.LENGTH ? "length" : "stop";
            return List.of(
                    head("")
                            + ",\"done_reason\":\""
                            + reason
                            + "\",\"done\":true,\"total_duration\":5043500667,"
                            + "\"load_duration\":5025959,\"prompt_eval_count\":7,\"prompt_eval_duration\":325953000,\"eval_count\":"
                            + tokens
                            + ",\"eval_duration\":4709213000}\n");
        }

        @Override
        public String garbled() {
            return "{\"model\":\n";
        }

        @Override
        public String error() {
            return "{\"error\":\"an error was encountered while running the model\"}\n";
        }

        @Override
        public String noise() {
            return "\n";
        }

        private String head(String text) {
            return "{\"model\":"
                    + Json.text(model)
                    + ",\"created_at\":\"2025-01-22T11:22:42.180546Z\",\"message\":{\"role\":\"assistant\",\"content\":"
                    + quoted(text)
                    + "}";
        }
    }
}
