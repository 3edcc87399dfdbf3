package dev.ibid.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WordPieceTokenizerTest {

    private static final int WINDOW = 16_384;

    private WordPieceTokenizer tokenizer;

    @BeforeAll
    void load(@TempDir Path cache) throws Exception {
        try (InputStream json =
                getClass().getResourceAsStream("/all-minilm-l6-v2-q-tokenizer.json")) {
            tokenizer = WordPieceTokenizer.load(json, 512, cache);
        }
    }

    @AfterAll
    void close() {
        tokenizer.close();
    }

    static Stream<String> nastyTexts() {
        Random random = new Random(7);
        Stream<String> anyUnits =
                IntStream.range(0, 50)
                        .mapToObj(i ->
                                random.ints(400, 0, 0x10000)
                                        .mapToObj(unit -> String.valueOf((char) unit))
                                        .collect(Collectors.joining()));
        Stream<String> anyPoints =
                IntStream.range(0, 50)
                        .mapToObj(i ->
                                random.ints(400, 0, 0x110000)
                                        .mapToObj(Character::toString)
                                        .collect(Collectors.joining()));
        return Stream.of(
                        Stream.of(
                                "",
                                "   \n\t ",
                                "plain words, and punctuation!",
                                "emoji 😀 then 👨‍👩‍👧 and 🇩🇪 flags",
                                "日本語のテキスト と 中文字符 𠀀𠀁",
                                "cafe\u0301 e\u0301\u0302\u0303 école",
                                "Привет, мир. Ёлка",
                                "한국어 각 힣",
                                "שלום עולם مرحبا بالعالم",
                                "lone \ud800 high, lone \udc00 low, swapped \udc00\ud800, end"
                                        + " \ud83d",
                                "😀\ud800😀 after",
                                "nul \0 and \0\0 nul",
                                "[CLS] [SEP] [UNK] [PAD] [MASK]",
                                "\uD834\uDD65\u302E\uD834\uDD6E reordered marks",
                                "\uFFFD\uFFFE\uFFFF\u200B\u00AD\u2028",
                                "İstanbul ﬁ ǅ ß ΑΣ",
                                "x".repeat(101) + " 😀".repeat(300),
                                "😀".repeat(WINDOW),
                                "a" + "😀".repeat(WINDOW),
                                "\u0301".repeat(3 * WINDOW)),
                        anyUnits,
                        anyPoints)
                .flatMap(texts -> texts);
    }

    @ParameterizedTest
    @MethodSource("nastyTexts")
    void placesEveryTokenInsideTheText(String text) {
        int[] ends = tokenizer.ends(text);

        assertThat(ends).hasSize(tokenizer.count(text)).isSorted();
        assertThat(Arrays.stream(ends))
                .allSatisfy(end ->
                        assertThat(end)
                                .isBetween(1, text.length())
                                .matches(
                                        at -> !splitsPair(text, at),
                                        "between the halves of a pair"));
    }

    @ParameterizedTest
    @MethodSource("nastyTexts")
    void neverReadsMoreThanTheModelTakes(String text) {
        long[] input = tokenizer.input(text);

        assertThat(input).hasSize(Math.min(tokenizer.count(text), tokenizer.limit()) + 2);
        assertThat(input).startsWith(101).endsWith(102);
    }

    @Test
    void placesTokensByUtf16UnitsAfterCharactersOutsideTheBasicPlane() {
        String text = "😀 hello 𠀀 Мир café end";

        List<String> tails = Arrays.stream(tokenizer.ends(text)).mapToObj(text::substring).toList();

        assertThat(tails)
                .containsExactly(
                        " hello 𠀀 Мир café end",
                        " 𠀀 Мир café end",
                        " Мир café end",
                        "ир café end",
                        "р café end",
                        " café end",
                        " end",
                        "");
    }

    @Test
    void aLoneSurrogateDoesNotShiftWhatFollows() {
        String text = "😀 \ud800 hello 😀 world";

        int[] ends = tokenizer.ends(text);

        assertThat(ends).endsWith(text.indexOf("hello") + 5, text.indexOf(" world"), text.length());
    }

    @Test
    void countsFarBeyondWhatTheModelReads() {
        String text = "word ".repeat(50_000);

        int count = tokenizer.count(text);

        assertThat(count).isEqualTo(50_000);
        assertThat(tokenizer.limit()).isEqualTo(510);
        assertThat(tokenizer.input(text)).hasSize(512);
    }

    @Test
    void windowsChangeNoTokenOfTextWithSpaces() {
        String sentence = "The naïve Überprüfung cost 3.14 € (see §12)... unbelievably 😀 дорого! ";
        int times = 3 * WINDOW / sentence.length();
        int[] once = tokenizer.ends(sentence);

        int[] ends = tokenizer.ends(sentence.repeat(times));

        int[] expected =
                IntStream.range(0, times)
                        .flatMap(i -> Arrays.stream(once).map(end -> i * sentence.length() + end))
                        .toArray();
        assertThat(ends).containsExactly(expected);
    }

    @Test
    void readsTenMegabytesWithoutASpaceInLinearTime() {
        String text = "x".repeat(10_000_000);

        int[] ends = assertTimeout(Duration.ofSeconds(20), () -> tokenizer.ends(text));

        assertThat(ends).hasSize(Math.ceilDiv(text.length(), WINDOW)).endsWith(text.length());
    }

    private static boolean splitsPair(String text, int at) {
        return at > 0
                && at < text.length()
                && Character.isHighSurrogate(text.charAt(at - 1))
                && Character.isLowSurrogate(text.charAt(at));
    }
}
