import dev.ibid.json.Json;
import dev.ibid.testing.Person;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/** What is measured: how it is asked, and how its tokens look. */
sealed interface Target {

    AtomicInteger ASKED = new AtomicInteger();

    /** No two are the same, as with people, so that no cache makes them cheaper than they are. */
    static String question(int tokens) {
        return "Question %d: what is the notice period? (%d tokens)"
                .formatted(ASKED.incrementAndGet(), tokens);
    }

    String name();

    URI uri();

    long pid();

    /** The bytes that stand in the stream once for each token. */
    String tokenMark();

    /** The bytes that stand in the stream once, if it ended well. */
    String endMark();

    String path();

    /** Sets the headers of the request and gives its body. */
    Buffer body(HttpClientRequest request, int stream, int tokens);

    /** The server, asked by some people with a document each. */
    record Ibid(URI uri, long pid, List<Person> people) implements Target {

        static Ibid at(URI uri, long pid) {
            return new Ibid(
                    uri, pid, IntStream.range(0, 10).mapToObj(at -> person(uri, at)).toList());
        }

        private static Person person(URI uri, int number) {
            Person person = Person.register(uri, "reader" + number + "@example.org");
            String text = "The notice period is four weeks to the end of a month.";
            person.ingest(
                    new Person.Upload(
                            "handbook.txt",
                            "text/plain",
                            text.getBytes(StandardCharsets.UTF_8)));
            return person;
        }

        @Override
        public String name() {
            return "Ibid";
        }

        @Override
        public String path() {
            return "/api/chat";
        }

        @Override
        public String tokenMark() {
            return "\nevent: delta\n";
        }

        @Override
        public String endMark() {
            return "\nevent: done\n";
        }

        @Override
        public Buffer body(HttpClientRequest request, int stream, int tokens) {
            Person person = people.get(stream % people.size());
            request.putHeader("Authorization", "Bearer " + person.accessToken())
                    .putHeader("Accept", "text/event-stream");
            return Buffer.buffer(Json.bytes(Map.of("message", question(tokens))));
        }
    }

    /** The bare proxy, asked as the provider is asked. */
    record Bare(URI uri, long pid) implements Target {

        @Override
        public String name() {
            return "bare proxy";
        }

        @Override
        public String path() {
            return "/v1/chat/completions";
        }

        @Override
        public String tokenMark() {
            return "\" word\"";
        }

        @Override
        public String endMark() {
            return "\ndata: [DONE]\n";
        }

        @Override
        public Buffer body(HttpClientRequest request, int stream, int tokens) {
            Map<String, Object> turn =
                    Map.of("role", "user", "content", question(tokens));
            return Buffer.buffer(
                    Json.bytes(
                            Map.of(
                                    "model",
                                    "fake-model",
                                    "stream",
                                    true,
                                    "messages",
                                    List.of(turn))));
        }
    }
}
