package dev.ibid.extraction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.ibid.documents.FileType;
import dev.ibid.extraction.ExtractedText.Block;
import dev.ibid.extraction.ParseFailure.Code;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

class TextExtractorTest {

    @Test
    void cutsAtBlankLinesAndCountsLines() throws Exception {
        Extracted text = Extracted.of(FileType.TXT, "one\r\ntwo\r\n\r\n\r\nfive\r\n");

        assertThat(text.whole().text()).isEqualTo("one\ntwo\n\n\nfive\n");
        assertThat(text.blocks()).containsExactly("PARAGRAPH one\ntwo", "PARAGRAPH five");
        assertThat(text.whole().blocks().stream().map(Block::locator))
                .containsExactly("lines 1-2", "line 5");
    }

    @Test
    void readsUtf16() throws Exception {
        Extracted text = Extracted.of(FileType.TXT, "Grüße", StandardCharsets.UTF_16);

        assertThat(text.whole().text()).isEqualTo("Grüße");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " \n\t\r\n ", "\uFEFF", "\u0001\u0002"})
    void refusesAFileWithoutText(String content) {
        ParseFailure failure =
                catchThrowableOfType(ParseFailure.class, () -> Extracted.of(FileType.TXT, content));

        assertThat(failure.code()).isEqualTo(Code.EMPTY);
    }

    @Test
    void readsASingleCharacter() throws Exception {
        assertThat(Extracted.of(FileType.TXT, "x").blocks()).containsExactly("PARAGRAPH x");
    }

    @Test
    void keepsNoNulAndNoControl() throws Exception {
        Extracted text = Extracted.of(FileType.TXT, "a NUL\0 and a bell\u0007 in some words");

        assertThat(text.whole().text()).isEqualTo("a NUL\uFFFD and a bell  in some words");
    }

    @ParameterizedTest
    @EnumSource(
            value = FileType.class,
            names = {"TXT", "MD", "CSV"})
    void readsNineMegabytesOfAnythingInLinearTime(FileType type) {
        List<String> patterns =
                List.of("x", "[", ">", "> ", "🎸", "e\u0301\u0302", "|", "\"", "a,", "# ", "- ");

        for (String pattern : patterns) {
            String content = pattern.repeat(9_000_000 / pattern.length());
            long start = System.nanoTime();

            assertThat(catchThrowableOfType(Exception.class, () -> Extracted.of(type, content)))
                    .isNull();

            assertThat(Duration.ofNanos(System.nanoTime() - start))
                    .as(pattern)
                    .isLessThan(Duration.ofSeconds(10));
        }
    }
}
