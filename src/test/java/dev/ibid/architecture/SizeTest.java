package dev.ibid.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.nio.file.Path;
import java.util.List;

final class SizeTest {

    private static final int LONGEST_FILE = 300;
    private static final int LONGEST_METHOD = 40;
    private static final int USUAL_METHOD = 10;

    private static final Sources sources = Sources.under(Path.of("src/main/java"));

    @Test
    void noFileIsLong() {
        List<Measured> files = sources.files();

        print("file", files);

        assertThat(files).isNotEmpty();
        assertThat(longerThan(LONGEST_FILE, files)).isEmpty();
    }

    @Test
    void methodsAreShort() {
        List<Measured> methods = sources.methods();

        print("method", methods);

        assertThat(methods).isNotEmpty();
        assertThat(longerThan(LONGEST_METHOD, methods)).isEmpty();
        assertThat(Measured.quantile(methods, 0.5)).isLessThanOrEqualTo(USUAL_METHOD);
    }

    private static List<Measured> longerThan(int lines, List<Measured> all) {
        return all.stream().filter(one -> one.lines() > lines).toList();
    }

    private static void print(String kind, List<Measured> all) {
        System.out.printf(
                "%d %ss; lines: median %d, p90 %d, longest %d%n",
                all.size(),
                kind,
                Measured.quantile(all, 0.5),
                Measured.quantile(all, 0.9),
                Measured.quantile(all, 1));
    }
}
