import com.google.googlejavaformat.java.Main;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Checks that all sources are formatted, or formats them: {@code java -cp google-java-format.jar src/build/Format.java check|write}. */
final class Format {

    public static void main(String[] arguments) throws IOException, InterruptedException {
        boolean write = arguments[0].equals("write");
        List<String> call = new ArrayList<>(List.of("--aosp", "--skip-reflowing-long-strings"));
        call.addAll(write ? List.of("--replace") : List.of("--dry-run", "--set-exit-if-changed"));
        try (Stream<Path> files = Files.walk(Path.of("src"))) {
            files.map(Path::toString).filter(file -> file.endsWith(".java")).sorted().forEach(call::add);
        }
        int result = Main.main(System.in, System.out, System.err, call.toArray(String[]::new));
        if (result != 0 && !write) {
            System.err.println("These files are not formatted. ./mvnw -q validate -Dformat=write formats them.");
        }
        System.exit(result);
    }
}
