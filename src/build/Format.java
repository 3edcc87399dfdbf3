import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;

/** Checks that all sources are formatted, or formats them: {@code check} or {@code write}. */
final class Format {

    private Format() {}

    public static void main(String[] arguments) throws IOException {
        boolean write = arguments[0].equals("write");
        List<String> call = new ArrayList<>(List.of("--aosp", "--skip-reflowing-long-strings"));
        call.addAll(write ? List.of("--replace") : List.of("--dry-run", "--set-exit-if-changed"));
        try (Stream<Path> files = Files.walk(Path.of("src"))) {
            files.map(Path::toString)
                    .filter(file -> file.endsWith(".java"))
                    .sorted()
                    .forEach(call::add);
        }
        ToolProvider formatter = ToolProvider.findFirst("google-java-format").orElseThrow();
        int result = formatter.run(System.out, System.err, call.toArray(String[]::new));
        if (result != 0 && !write) {
            System.err.println(
                    "The files named above are not formatted; this formats them: ./mvnw validate -Dformat=write");
        }
        System.exit(result);
    }
}
