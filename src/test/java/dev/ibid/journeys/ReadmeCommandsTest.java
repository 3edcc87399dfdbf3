package dev.ibid.journeys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;

import dev.ibid.json.Json;
import dev.ibid.testing.Ibid;
import dev.ibid.testing.SampleFiles;
import dev.ibid.testing.WithIbid;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The commands of the README do what it says, typed one after the other. */
@WithIbid
@Timeout(120)
final class ReadmeCommandsTest {

    private static final Pattern FIRST_STEPS =
            Pattern.compile("## Five minutes with curl\\n+```sh\\n(.*?)```", Pattern.DOTALL);

    private final Ibid ibid;
    private @TempDir Path folder;

    ReadmeCommandsTest(Ibid ibid) {
        this.ibid = ibid;
    }

    @Test
    void theFirstStepsLeadToAnAnswerWithItsSource() throws IOException, InterruptedException {
        assumeTrue(isInstalled("curl"), "curl is not installed");
        Files.write(
                folder.resolve("contract.pdf"),
                SampleFiles.pdf("The lease.", "The notice period is three months for tenants."));
        Files.write(
                folder.resolve("handbook.docx"),
                SampleFiles.docx("For managers the notice period is six months."));

        String output = run(firstSteps());

        int answer = output.indexOf("{\"conversationId\"");
        assertThat(answer).as(output).isNotNegative();
        JsonNode citations =
                Json.MAPPER.readTree(output.substring(answer)).at("/message/citations");
        assertThat(citations)
                .anySatisfy(citation -> {
                    assertThat(citation.get("documentName").asText()).isEqualTo("contract.pdf");
                    assertThat(citation.get("page").asInt()).isEqualTo(2);
                });
        assertThat(output).contains("event: done").doesNotContain("problem");
    }

    private String firstSteps() throws IOException {
        Matcher block = FIRST_STEPS.matcher(Files.readString(Path.of("README.md")));
        assertThat(block.find()).isTrue();
        return block.group(1)
                .replace("localhost:3001", ibid.uri().getAuthority())
                .replace("me@example.org", SampleBodies.freshEmail());
    }

    private String run(String script) throws IOException, InterruptedException {
        Process shell =
                new ProcessBuilder("bash", "-euo", "pipefail", "-c", script)
                        .directory(folder.toFile())
                        .redirectErrorStream(true)
                        .start();
        String output = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(shell.waitFor()).as(output).isZero();
        return output;
    }

    private static boolean isInstalled(String command) {
        return Stream.of(System.getenv("PATH").split(":", -1))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, command)));
    }
}
