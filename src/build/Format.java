import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.FormatterException;
import com.google.googlejavaformat.java.ImportOrderer;
import com.google.googlejavaformat.java.JavaFormatterOptions;
import com.google.googlejavaformat.java.JavaFormatterOptions.Style;
import com.google.googlejavaformat.java.RemoveUnusedImports;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.stream.Stream;

/**
 * Checks that all sources are formatted, or formats them: {@code java Format.java check|write
 * STAMP}. The JDK that compiles the project runs it, for the formatter reads only the Java that its
 * own JVM knows. A file that has not changed since the time of STAMP, the last run that found no
 * fault, is not read again.
 */
final class Format {

    private static final Formatter formatter =
            new Formatter(JavaFormatterOptions.builder().style(Style.AOSP).build());

    public static void main(String[] arguments) throws IOException {
        boolean write = arguments[0].equals("write");
        Path stamp = Path.of(arguments[1]);
        FileTime began = FileTime.fromMillis(System.currentTimeMillis());
        List<Path> untidy =
                sourcesSince(stamp).parallelStream().filter(file -> !isTidy(file, write)).toList();
        untidy.forEach(
                file -> System.out.println((write ? "formatted: " : "not formatted: ") + file));
        if (!write && !untidy.isEmpty()) {
            System.out.println("Format them with: ./mvnw -q validate -Dformat=write");
            System.exit(1);
        }
        Files.write(stamp, new byte[0]);
        Files.setLastModifiedTime(stamp, began);
    }

    private static List<Path> sourcesSince(Path stamp) throws IOException {
        FileTime since =
                Files.exists(stamp) ? Files.getLastModifiedTime(stamp) : FileTime.fromMillis(0);
        try (Stream<Path> files = Files.walk(Path.of("src"))) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> modified(file).compareTo(since) >= 0)
                    .sorted()
                    .toList();
        }
    }

    private static boolean isTidy(Path file, boolean write) {
        try {
            String text = Files.readString(file);
            String tidy = formatted(text);
            if (write && !tidy.equals(text)) {
                Files.writeString(file, tidy);
            }
            return tidy.equals(text);
        } catch (FormatterException notJava) {
            throw new IllegalArgumentException(file + ": " + notJava.getMessage(), notJava);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static String formatted(String text) throws FormatterException {
        String imports = ImportOrderer.reorderImports(text, Style.AOSP);
        return formatter.formatSource(RemoveUnusedImports.removeUnusedImports(imports));
    }

    private static FileTime modified(Path file) {
        try {
            return Files.getLastModifiedTime(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
