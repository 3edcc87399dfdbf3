package dev.ibid;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ibid.config.Settings;
import dev.ibid.config.Settings.Declared;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The README's table of settings is made from the code; with {@code WRITE_README=1} in the
 * environment it is written anew.
 */
final class ConfigurationTableTest {

    private static final Path README = Path.of("README.md");
    private static final String BEGIN = "<!-- settings -->\n";
    private static final String END = "<!-- /settings -->";
    private static final String ALIAS = "Another name of `";

    @Test
    void theReadmeListsEverySettingAsTheCodeReadsIt(@TempDir Path data) throws IOException {
        Settings settings = new Settings(Map.of("DATA_DIR", data.toString()));
        Configuration configuration = Configuration.from(settings);

        String table = table(settings.declared());

        String readme = Files.readString(README);
        String written =
                readme.substring(0, readme.indexOf(BEGIN) + BEGIN.length())
                        + table
                        + readme.substring(readme.indexOf(END));
        if (System.getenv().containsKey("WRITE_README")) {
            Files.writeString(README, written);
        }
        assertThat(configuration.mode()).isEqualTo(Configuration.Mode.LOCAL);
        assertThat(Files.readString(README)).isEqualTo(written);
    }

    private static String table(List<Declared> declared) {
        return "| setting | meaning | form | default |\n| --- | --- | --- | --- |\n"
                + declared.stream()
                        .filter(setting -> !setting.description().startsWith(ALIAS))
                        .map(setting -> row(setting, declared))
                        .collect(Collectors.joining());
    }

    private static String row(Declared setting, List<Declared> all) {
        String aliases =
                all.stream()
                        .filter(other -> other.description().equals(ALIAS + setting.name() + "`."))
                        .map(other -> "`" + other.name() + "`")
                        .collect(Collectors.joining(", "));
        return "| `%s` | %s%s | %s | %s |%n"
                .formatted(
                        setting.name(),
                        setting.description(),
                        aliases.isEmpty() ? "" : " Also understood: " + aliases + ".",
                        setting.type(),
                        setting.defaultValue().isEmpty() ? "" : "`" + setting.defaultValue() + "`");
    }
}
