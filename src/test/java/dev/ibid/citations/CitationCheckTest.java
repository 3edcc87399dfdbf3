package dev.ibid.citations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ibid.knowledge.Chunk;
import dev.ibid.knowledge.Passage;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.regex.Pattern;

class CitationCheckTest {

    private static final String[] PIECES = {
        "[1]",
        "[2]",
        "[1, 2]",
        "[1,9]",
        "[9]",
        "[10]",
        "[",
        "]",
        "[[1]]",
        "[9",
        "9]",
        "[ 1 ]",
        "[1,]",
        "[, 1]",
        "[1000]",
        "[a]",
        "[^1]",
        " ",
        "  ",
        ".",
        ",",
        "\n",
        "word",
        "Straße",
        "日本語",
        "\uD83E\uDD8A",
        "`",
        "```",
        "\n```\n",
        "\\",
        "\\[1]",
        "e\u0301",
        "(",
        ")",
        "1",
        ", "
    };
    private static final Pattern MARKER = Pattern.compile("\\[ ?\\d{1,3}(?: ?, ?\\d{1,3})* ?]");

    /** What came out. */
    private static final class Heard implements CitationCheck.Reader {

        private final StringBuilder text = new StringBuilder();
        private final List<Integer> cited = new ArrayList<>();
        private final List<CitationCheck.Refusal> refused = new ArrayList<>();
        private boolean citedBeforeItsMarker;

        @Override
        public void text(String delta) {
            assertThat(Character.isHighSurrogate(delta.charAt(delta.length() - 1))).isFalse();
            text.append(delta);
        }

        @Override
        public void cited(Citation citation) {
            citedBeforeItsMarker |= text.indexOf(String.valueOf(citation.marker())) < 0;
            cited.add(citation.marker());
        }

        @Override
        public void refused(CitationCheck.Refusal refusal) {
            refused.add(refusal);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Four weeks [1].",
                "Four weeks [1][2] or [1, 2], even [ 1,2 ].",
                "a[b] [c [1d] [1 2] [] [1,] [,1] [1000] [-1] [1-2] [^1] ]1[",
                "two  spaces   stay [1]  here ",
                "[not closed [1",
                "in code `a[9]` and ``b[9]`` it stands",
                "```\na[9] [10]\n```\nand behind it",
                "escaped \\[9] stays",
                "\uD83E\uDD8A [2]\n\n> Ünïcödé 日本語"
            })
    void textWithoutInventedMarkersComesOutAsItIs(String text) {
        Heard heard = write(text);

        assertThat(heard.text.toString()).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "Four weeks [9].|Four weeks.",
                "Four weeks[9].|Four weeks.",
                "Four weeks [9] at least|Four weeks at least",
                "Four [9]weeks|Four weeks",
                "Four weeks [9][10]|Four weeks",
                "Four weeks [9] [10].|Four weeks.",
                "Four weeks [9][1].|Four weeks [1].",
                "Four weeks [1] [9].|Four weeks [1].",
                "Four weeks [1, 9].|Four weeks [1].",
                "Four weeks [9, 2, 1].|Four weeks [2, 1].",
                "Four weeks [9]\\nand|Four weeks\\nand",
                "[9] Four|\" Four\"",
                "a `code` b [9].|a `code` b.",
                "an odd ` tick\\nthen [9].|an odd ` tick\\nthen.",
                "```\\n[9]\\n```\\nthen [9].|```\\n[9]\\n```\\nthen.",
                "a \\\\\\\\[9].|a \\\\\\\\.",
                "[12 [9]|[12",
                "日本語[9]。|日本語。"
            })
    void anInventedMarkerIsTakenOutWithTheSpaceThatWouldBeLeftOver(String text, String expected) {
        Heard heard = write(unescaped(text));

        assertThat(heard.text.toString()).isEqualTo(unescaped(expected));
        assertThat(heard.refused).isNotEmpty().containsOnly(CitationCheck.Refusal.UNKNOWN);
    }

    @Test
    void eachSourceIsCitedOnceAndNotBeforeItsMarker() {
        Heard heard = write("One [2], two [1, 2], three [1] and code `[3]`.");

        assertThat(heard.cited).containsExactly(2, 1);
        assertThat(heard.citedBeforeItsMarker).isFalse();
    }

    @Test
    void aSourceThatDoesNotStandWhereItSaysIsNotCited() {
        Chunk shifted = chunk(0, 3, "not three characters");
        Heard heard = new Heard();
        CitationCheck check =
                new CitationCheck(
                        (marker, claim) -> Optional.of(new Quote(passage(shifted), 0, 3)), heard);

        check.write("A claim [1].");
        check.end();

        assertThat(heard.text.toString()).isEqualTo("A claim.");
        assertThat(heard.cited).isEmpty();
        assertThat(heard.refused).containsExactly(CitationCheck.Refusal.BROKEN);
    }

    @Test
    void onlyWhatMayBecomeAMarkerIsHeldBack() {
        Heard heard = new Heard();
        CitationCheck check = new CitationCheck(CitationCheckTest::source, heard);

        check.write("Four weeks [");

        assertThat(heard.text.toString()).isEqualTo("Four weeks");
        check.write("x");
        assertThat(heard.text.toString()).isEqualTo("Four weeks [x");
    }

    @Test
    void lineEndsBecomeLineFeedsHoweverTheyAreCut() {
        Heard heard = new Heard();
        CitationCheck check = new CitationCheck(CitationCheckTest::source, heard);

        List.of("one\r", "\ntwo\r\n", "\r", "three", "\n\n").forEach(check::write);

        assertThat(heard.text.toString()).isEqualTo("one\ntwo\n\nthree\n\n");
    }

    @Test
    void theSourceIsToldTheTextBeforeTheMarker() {
        List<String> claims = new ArrayList<>();
        CitationCheck check =
                new CitationCheck(
                        (marker, claim) -> {
                            claims.add(claim);
                            return source(marker, claim);
                        },
                        new Heard());

        check.write("Another paragraph.\nManagers have three months [1].");

        assertThat(claims).containsExactly("Managers have three months");
    }

    @Test
    void charactersThatCannotBeKeptAreReplacedButNoPairIsTorn() {
        Heard heard = write("nul \u0000, lone \uD83E, pair \uD83E\uDD8A");

        assertThat(heard.text.toString()).isEqualTo("nul \uFFFD, lone \uFFFD, pair \uD83E\uDD8A");
    }

    @Test
    void howTheTextIsCutMakesNoDifference() {
        Random random = new Random(20261121);
        for (int round = 0; round < 20_000; round++) {
            String text = randomText(random);

            Heard cut = written(text, random);

            Heard whole = write(text);
            assertThat(cut.text.toString()).as(text).isEqualTo(whole.text.toString());
            assertThat(cut.cited).as(text).isEqualTo(whole.cited);
            assertThat(cut.refused).as(text).isEqualTo(whole.refused);
        }
    }

    @Test
    void nothingIsLostButInventedMarkersAndSpaces() {
        Random random = new Random(4);
        for (int round = 0; round < 20_000; round++) {
            String text = randomText(random).replace("`", "").replace("\\", "");

            Heard heard = written(text, random);

            assertThat(heard.text.toString().replace(" ", ""))
                    .as(text)
                    .isEqualTo(checkedAtOnce(text).replace(" ", ""));
        }
    }

    private static String checkedAtOnce(String text) {
        return MARKER.matcher(text)
                .replaceAll(marker -> {
                    List<Integer> known =
                            Pattern.compile("\\D+")
                                    .splitAsStream(marker.group())
                                    .filter(digits -> !digits.isEmpty())
                                    .map(Integer::valueOf)
                                    .filter(number -> number >= 1 && number <= 3)
                                    .toList();
                    return known.isEmpty() ? "" : known.toString();
                });
    }

    private static String randomText(Random random) {
        StringBuilder text = new StringBuilder();
        for (int count = random.nextInt(1, 14); count > 0; count--) {
            text.append(PIECES[random.nextInt(PIECES.length)]);
        }
        return text.toString();
    }

    private static Heard write(String text) {
        Heard heard = new Heard();
        CitationCheck check = new CitationCheck(CitationCheckTest::source, heard);
        check.write(text);
        check.end();
        return heard;
    }

    private static Heard written(String text, Random random) {
        Heard heard = new Heard();
        CitationCheck check = new CitationCheck(CitationCheckTest::source, heard);
        for (int from = 0; from < text.length(); ) {
            int to = Math.min(text.length(), from + random.nextInt(1, 4));
            check.write(text.substring(from, to));
            from = to;
        }
        check.end();
        return heard;
    }

    /** There are sources 1 to 3. */
    private static Optional<Quote> source(int marker, String claim) {
        return marker >= 1 && marker <= 3
                ? Optional.of(new Quote(passage(chunk(10, 20, "four weeks")), 0, 4))
                : Optional.empty();
    }

    private static Passage passage(Chunk chunk) {
        return new Passage(chunk, "handbook.txt", .9, null, 1.0);
    }

    private static Chunk chunk(int start, int end, String text) {
        UUID id = UUID.randomUUID();
        return new Chunk(id, id, 1, id, 0, start, end, null, null, null, "", List.of(), text);
    }

    private static String unescaped(String text) {
        return text.replace("\\n", "\n").replace("\\\\", "\\");
    }
}
