package dev.ibid.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;

import dev.ibid.testing.Answer;
import dev.ibid.testing.BadFiles;
import dev.ibid.testing.Ibid;
import dev.ibid.testing.IbidProcess;
import dev.ibid.testing.Person;
import dev.ibid.testing.Person.Upload;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Every bad file is uploaded to a server, and what becomes of it stands in {@code
 * docs/bad-input.md}. With {@code WRITE_DOCS=1} in the environment, that is written anew.
 */
final class BadFilesTest {

    private static final Path PAGE = Path.of("docs", "bad-input.md");
    private static final String BEGIN = "<!-- observed -->\n";
    private static final String END = "<!-- /observed -->";
    private static final Duration LONGEST = Duration.ofSeconds(60);

    @Test
    void theServerOutlivesEveryFileAndTellsWhatBecameOfIt(@TempDir Path house) throws IOException {
        Path temporary = Files.createDirectories(house.resolve("tmp"));
        StringBuilder table = new StringBuilder("| file | what becomes of it |\n| --- | --- |\n");
        try (IbidProcess server =
                IbidProcess.start(
                        house.resolve("data"),
                        Map.of("JAVA_TOOL_OPTIONS", "-Djava.io.tmpdir=" + temporary))) {
            Person person = Person.register(server.uri(), "somebody@example.org");
            Set<Path> outside = filesOutsideTheData(house);

            BadFiles.all()
                    .forEach((what, file) ->
                            table.append(
                                    "| " + what + " | " + outcome(person, what, file) + " |\n"));

            assertThat(server.isAlive()).isTrue();
            assertThat(filesOutsideTheData(house)).isEqualTo(outside);
            assertThat(person.get("/health").expect(200).text()).contains("\"ok\"");
        }
        String written = written(table.toString());
        assertThat(Files.readString(PAGE)).isEqualTo(written);
    }

    @Test
    void namesThatLookAlikeAreTwoDocuments(@TempDir Path house) {
        List<String> names =
                List.of(
                        "re\u0301sume\u0301.txt",
                        "r\u00e9sum\u00e9.txt",
                        "R\u00c9SUM\u00c9.TXT",
                        "a.txt",
                        "a.txt");
        try (Ibid ibid = Ibid.start(house, Map.of())) {
            Person person = ibid.newcomer();
            Upload[] files =
                    IntStream.range(0, names.size())
                            .mapToObj(at ->
                                    new Upload(
                                            names.get(at),
                                            "text/plain",
                                            new byte[] {(byte) ('a' + at)}))
                            .toArray(Upload[]::new);

            JsonNode kept = person.upload(files).expect(202).json().get("files");

            assertThat(kept.findValuesAsText("name")).isEqualTo(names);
            assertThat(Set.copyOf(kept.findValuesAsText("id"))).hasSize(names.size());
        }
    }

    @Test
    void aNameInTheOtherNotationIsCleanedAsWell(@TempDir Path house) {
        try (Ibid ibid = Ibid.start(house, Map.of())) {
            byte[] form =
                    Form.begin()
                            .part(
                                    "name=\"files\"; filename*=UTF-8''a%ED%A0%80%0D%00%2F..%2Fb.txt",
                                    new byte[] {'x'})
                            .end();

            Answer answer =
                    ibid.newcomer()
                            .send(
                                    "POST",
                                    "/api/files",
                                    BodyPublishers.ofByteArray(form),
                                    Map.of(
                                            "Content-Type",
                                            "multipart/form-data; boundary=" + Form.BOUNDARY));

            assertThat(answer.status()).isIn(202, 400);
            assertThat(answer.json().at("/files/0/name").asText())
                    .doesNotContainPattern("[/\\\\\\p{Cc}\\p{Cs}]");
        }
    }

    private static String outcome(Person person, String what, Upload file) {
        long start = System.nanoTime();
        Answer answer = person.upload(file);
        if (answer.status() != 202) {
            return answer.status() + " `" + code(answer.json().get("type").asText()) + "`";
        }
        JsonNode document = person.settled(answer.json().at("/files/0/id").asText());
        assertThat(Duration.ofNanos(System.nanoTime() - start)).as(what).isLessThan(LONGEST);
        String state = document.get("state").asText();
        JsonNode failure = document.at("/failure/code");
        return failure.isMissingNode() ? state : state + ": `" + failure.asText() + "`";
    }

    private static String code(String type) {
        return type.substring(type.lastIndexOf(':') + 1);
    }

    private static String written(String table) throws IOException {
        String page = Files.readString(PAGE);
        String written =
                page.substring(0, page.indexOf(BEGIN) + BEGIN.length())
                        + table
                        + page.substring(page.indexOf(END));
        if (System.getenv().containsKey("WRITE_DOCS")) {
            Files.writeString(PAGE, written);
        }
        return written;
    }

    private static Set<Path> filesOutsideTheData(Path house) throws IOException {
        try (Stream<Path> files = Files.walk(house)) {
            return files.filter(file -> !file.startsWith(house.resolve("data")))
                    .collect(Collectors.toSet());
        }
    }
}
