package dev.ibid;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The page about bad input names tests that exist. */
final class BadInputPageTest {

    private static final Path TESTS = Path.of("src/test/java/dev/ibid");
    private static final Pattern NAME = Pattern.compile("`(\\w+)/(\\w+Test)#(\\w+)`");

    @Test
    void everyRowNamesATestThatExists() throws IOException {
        List<String> rows =
                Files.readAllLines(Path.of("docs", "bad-input.md")).stream()
                        .filter(line -> line.startsWith("| **"))
                        .toList();

        assertThat(rows).hasSizeGreaterThan(30);
        assertThat(rows)
                .allSatisfy(row -> {
                    List<MatchResult> names = NAME.matcher(row).results().toList();
                    assertThat(names).as(row).isNotEmpty();
                    assertThat(names).allSatisfy(BadInputPageTest::checkExists);
                });
    }

    private static void checkExists(MatchResult name) throws IOException {
        Path file = TESTS.resolve(name.group(1)).resolve(name.group(2) + ".java");
        assertThat(file).exists().content().contains("void " + name.group(3) + "(");
    }
}
