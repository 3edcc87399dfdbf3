package dev.ibid.ingestion;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ibid.documents.FileType;
import dev.ibid.extraction.Extracted;
import dev.ibid.extraction.ExtractedText;
import dev.ibid.ingestion.Splitter.Piece;
import dev.ibid.models.Tokenizer;
import dev.ibid.testing.SampleFiles;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.text.BreakIterator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

class SplitterTest {

    private static final int SIZE = Integer.getInteger("splitter.size", 3_000_000);
    private static final Tokenizer WORDS = new WordTokenizer(254);
    private static final Splitter SPLITTER = new Splitter(WORDS);

    @Test
    void keepsAShortTextWhole() throws Exception {
        Extracted text = Extracted.of(FileType.TXT, "One sentence. And another.");

        assertThat(texts(text)).containsExactly("One sentence. And another.");
    }

    @Test
    void endsPiecesWithSentencesAndSharesSomeBetweenThem() throws Exception {
        Extracted text = Extracted.of(FileType.TXT, sentences(100));

        List<String> pieces = texts(text);

        assertThat(pieces).hasSizeGreaterThan(3).allMatch(piece -> piece.endsWith("."));
        assertThat(pieces).allMatch(piece -> piece.startsWith("Sentence"));
        for (int at = 1; at < pieces.size(); at++) {
            String opening = pieces.get(at).substring(0, pieces.get(at).indexOf('.'));
            assertThat(pieces.get(at - 1)).contains(opening);
        }
    }

    @Test
    void neverMixesPages() throws Exception {
        Extracted text = Extracted.of(FileType.PDF, SampleFiles.pdf("A little.", "More.", "End."));

        assertThat(SPLITTER.split(text.whole()).stream().map(Piece::page)).containsExactly(1, 2, 3);
    }

    @Test
    void startsAPieceAtEachHeadingThatFollowsEnoughText() throws Exception {
        String section = sentences(12);
        Extracted text = Extracted.of(FileType.MD, "# A\n" + section + "\n# B\n" + section);

        List<Piece> pieces = SPLITTER.split(text.whole());

        assertThat(pieces.stream().map(Piece::locator)).containsExactly("A", "B");
        assertThat(pieces.stream().map(Piece::heading)).containsExactly("A", "B");
    }

    @Test
    void joinsSmallSectionsUnderTheHeadingsTheyShare() throws Exception {
        Extracted text = Extracted.of(FileType.MD, "# Top\n## A\nOne.\n## B\nTwo.\n");

        Piece first = SPLITTER.split(text.whole()).getFirst();

        assertThat(first.locator()).isEqualTo("Top");
        assertThat(texts(text)).hasSize(1);
    }

    @Test
    void neverEndsWithAHeadingThatHasTextBelow() throws Exception {
        for (int count = 20; count < 40; count++) {
            Extracted text =
                    Extracted.of(
                            FileType.MD, "# A\n" + sentences(5) + "\n\n# B\n" + sentences(count));

            assertThat(texts(text)).noneMatch(piece -> piece.endsWith("# B"));
        }
    }

    @Test
    void readsTheHeaderBeforeRowsThatStandInAnotherPiece() throws Exception {
        String rows =
                IntStream.range(0, 200)
                        .mapToObj(row -> "Fender " + row + ",24.90\n")
                        .collect(Collectors.joining());
        Extracted text = Extracted.of(FileType.CSV, "name,price\n" + rows);

        List<Piece> pieces = SPLITTER.split(text.whole());

        assertThat(pieces).hasSizeGreaterThan(3);
        assertThat(pieces.getFirst().context()).isEmpty();
        assertThat(pieces.getFirst().locator()).startsWith("rows 1-");
        assertThat(pieces.subList(1, pieces.size()))
                .allSatisfy(piece -> assertThat(piece.context()).isEqualTo("name,price"))
                .allSatisfy(piece -> assertThat(piece.locator()).matches("rows \\d+-\\d+"));
        assertThat(texts(text).get(1)).startsWith("Fender").endsWith(",24.90");
    }

    @Test
    void leavesTheDashesOfAMarkdownTableOutOfItsHeader() throws Exception {
        String rows = "| Fender guitar with a long name | 24.90 |\n".repeat(100);
        Extracted text = Extracted.of(FileType.MD, "| Name | Price |\n|---|---|\n" + rows);

        assertThat(SPLITTER.split(text.whole()).getLast().context()).isEqualTo("| Name | Price |");
    }

    @Test
    void boundsAHeaderOfAMillionColumns() throws Exception {
        Extracted text = Extracted.of(FileType.CSV, "name,".repeat(1_000_000) + "\n1,2,3\n");

        List<Piece> pieces = SPLITTER.split(text.whole());

        assertThat(pieces.getLast().context().length()).isLessThan(1000);
        assertHolds(text.whole(), pieces, WORDS);
    }

    @Test
    void cutsTheSameTextTheSameWay() throws Exception {
        Extracted text = Extracted.of(FileType.TXT, randomText(7, 20_000));

        assertThat(SPLITTER.split(text.whole())).isEqualTo(new Splitter(WORDS).split(text.whole()));
    }

    @ParameterizedTest
    @ValueSource(ints = {8, 32, 128, 254, 8191})
    void coversEveryTextWithPiecesThatTheModelTakes(int limit) throws Exception {
        Tokenizer tokenizer = new WordTokenizer(limit);
        for (int seed = 0; seed < 20; seed++) {
            FileType type = List.of(FileType.TXT, FileType.MD, FileType.CSV).get(seed % 3);
            ExtractedText text = Extracted.of(type, randomText(seed, 6000)).whole();

            List<Piece> pieces = new Splitter(tokenizer).split(text);

            assertHolds(text, pieces, tokenizer);
        }
    }

    @Test
    void takesLinearTimeForMegabytesOfAnything() throws Exception {
        for (String pattern :
                List.of(
                        "x", "a. ", ". ", "🎸", "🇩🇪", "e\u0301", "\u0301", "word ", "漢",
                        "\u05D0 ")) {
            String content = "x" + pattern.repeat(SIZE / pattern.length());
            ExtractedText text = Extracted.of(FileType.TXT, content).whole();
            long start = System.nanoTime();

            List<Piece> pieces = SPLITTER.split(text);

            assertThat(Duration.ofNanos(System.nanoTime() - start))
                    .as(pattern)
                    .isLessThan(Duration.ofSeconds(10));
            assertThat(pieces)
                    .as(pattern)
                    .allMatch(piece -> piece.end() - piece.start() <= 4000)
                    .allMatch(piece -> isWhole(text.text(), piece));
        }
    }

    @Test
    void cutsBetweenGraphemesWhereThereIsNoSpace() throws Exception {
        String family = "👩‍👩‍👧‍👦";
        String text = (family + "🇩🇪" + "e\u0301").repeat(500);
        BreakIterator graphemes = BreakIterator.getCharacterInstance(Locale.ROOT);
        graphemes.setText(text);

        List<Piece> pieces = SPLITTER.split(Extracted.of(FileType.TXT, text).whole());

        assertThat(pieces)
                .hasSizeGreaterThan(1)
                .allMatch(piece -> graphemes.isBoundary(piece.start()))
                .allMatch(piece -> graphemes.isBoundary(piece.end()));
    }

    private static void assertHolds(ExtractedText text, List<Piece> pieces, Tokenizer tokenizer) {
        BitSet covered = new BitSet(text.text().length());
        int lastStart = -1;
        for (Piece piece : pieces) {
            assertThat(piece.start()).isGreaterThan(lastStart);
            lastStart = piece.start();
            covered.set(piece.start(), piece.end());
            String own = text.text().substring(piece.start(), piece.end());
            String indexed = piece.context().isEmpty() ? own : piece.context() + "\n" + own;
            assertThat(tokenizer.count(indexed))
                    .isLessThanOrEqualTo(Math.min(256, tokenizer.limit()));
            assertThat(isWhole(text.text(), piece)).isTrue();
        }
        for (int at = 0; at < text.text().length(); at++) {
            assertThat(covered.get(at) || Character.isWhitespace(text.text().charAt(at))).isTrue();
        }
    }

    private static boolean isWhole(String text, Piece piece) {
        boolean tail = Character.isHighSurrogate(text.charAt(piece.end() - 1));
        return !Character.isLowSurrogate(text.charAt(piece.start())) && !tail;
    }

    private static List<String> texts(Extracted text) {
        List<String> texts = new ArrayList<>();
        for (Piece piece : SPLITTER.split(text.whole())) {
            texts.add(text.whole().text().substring(piece.start(), piece.end()));
        }
        return texts;
    }

    private static String sentences(int count) {
        return IntStream.range(0, count)
                .mapToObj(
                        n -> "Sentence number " + n + " speaks of old guitars and of their prices.")
                .collect(Collectors.joining(" "));
    }

    private static String randomText(int seed, int parts) {
        List<String> alphabet =
                List.of(
                        "word",
                        "word",
                        "word",
                        " ",
                        " ",
                        " ",
                        ". ",
                        "\n",
                        "\n\n",
                        "# ",
                        "- ",
                        "| a | b |\n",
                        "|---|---|\n",
                        ",",
                        "\"",
                        "漢字。",
                        "🎸",
                        "e\u0301",
                        "```\n",
                        "longlonglongword",
                        "\t");
        Random random = new Random(seed);
        StringBuilder text = new StringBuilder("x");
        for (int part = 0; part < parts; part++) {
            text.append(alphabet.get(random.nextInt(alphabet.size())));
        }
        return text.toString();
    }
}
