package dev.ibid.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TextGateTest {

    @Test
    void letsGoodTextThroughUntouched() {
        String good = "Grüße, 你好 \uD83D\uDE00\n\tend";

        String kept = TextGate.clean(good);

        assertThat(kept).isSameAs(good);
    }

    @ParameterizedTest
    @CsvSource({
        "a\\u0000b, a\\uFFFDb",
        "a\\uD800b, a\\uFFFDb",
        "\\uDC00, \\uFFFD",
        "a\\uFFFFb, a\\uFFFDb",
        "x\\u001By, x y",
        "\\u0085, ' '"
    })
    void replacesWhatCannotBeKept(String escaped, String expected) {
        String cleaned = TextGate.clean(unescape(escaped));

        assertThat(cleaned).isEqualTo(unescape(expected));
    }

    @Test
    void replacesTheFirstOfTwoHighSurrogates() {
        String cleaned = TextGate.clean("\uD83D\uD83D\uDE00");

        assertThat(cleaned).isEqualTo("\uFFFD\uD83D\uDE00");
    }

    @Test
    void makesOneKindOfLineEnd() {
        String lines = TextGate.lines("a\r\nb\rc\nd");

        assertThat(lines).isEqualTo("a\nb\nc\nd");
    }

    @Test
    void keepsNamesOnOneLine() {
        String line = TextGate.line(" report\r\nSet-Cookie: a=b\u2028.pdf ");

        assertThat(line).isEqualTo("report Set-Cookie: a=b .pdf");
    }

    private static String unescape(String text) {
        return java.util.regex.Pattern.compile("\\\\u([0-9A-F]{4})")
                .matcher(text)
                .replaceAll(match -> String.valueOf((char) Integer.parseInt(match.group(1), 16)));
    }
}
