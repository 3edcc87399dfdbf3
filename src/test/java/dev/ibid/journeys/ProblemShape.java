package dev.ibid.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;

import dev.ibid.testing.Answer;

import java.util.regex.Pattern;

/** What every answer, and every problem, has in common. */
final class ProblemShape {

    /** Class names, stack traces, SQL and paths of a file system. */
    private static final Pattern INSIDES =
            Pattern.compile(
                    "Exception|\\bat [\\w.$]+\\(|\\b(java|javax|jdk|io|org|com|dev)\\.[a-z]\\w*\\.[\\w.]+"
                            + "|(?i:select .+ from |insert into|update .+ set |violates)"
                            + "|/(tmp|home|work|var|usr|etc)/|[A-Z]:\\\\");

    private ProblemShape() {}

    /** The headers that are on all answers. */
    static void checkHeaders(Answer answer) {
        assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(answer.header("Content-Security-Policy")).startsWith("default-src 'none'");
        assertThat(answer.header("X-Request-Id")).matches("[A-Za-z0-9-]{8,64}");
        assertThat(answer.header("Cache-Control")).contains("no-store");
        assertThat(answer.response().headers().allValues("Server")).isEmpty();
    }

    /** A whole problem that tells nothing of the server's insides. */
    static JsonNode check(Answer answer) {
        checkHeaders(answer);
        assertThat(answer.header("Content-Type"))
                .isEqualTo("application/problem+json; charset=utf-8");
        JsonNode problem = answer.json();
        assertThat(problem.get("type").asText()).matches("urn:ibid:problem:[a-z_]+");
        assertThat(problem.get("title").asText()).isNotBlank();
        assertThat(problem.get("status").asInt()).isEqualTo(answer.status());
        assertThat(problem.get("detail").asText()).isNotBlank().endsWith(".");
        assertThat(problem.get("instance").asText()).startsWith("/");
        assertThat(problem.get("requestId").asText()).isEqualTo(answer.header("X-Request-Id"));
        assertThat(problem.get("detail").asText()).doesNotContainPattern(INSIDES);
        assertThat(problem.get("title").asText()).doesNotContainPattern(INSIDES);
        return problem;
    }
}
