package dev.ibid.extraction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.ibid.documents.FileType;
import dev.ibid.extraction.ExtractedText.Kind;
import dev.ibid.extraction.ParseFailure.Code;
import dev.ibid.testing.PdfBombs;
import dev.ibid.testing.SampleFiles;
import dev.ibid.testing.TablePdf;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.util.Arrays;

class PdfExtractorTest {

    @Test
    void tellsOnWhichPageEachParagraphStands() throws Exception {
        Extracted text = read(SampleFiles.pdf("First page.\n\nIts end.", "", "Third page."));

        assertThat(text.whole().pages()).isEqualTo(3);
        assertThat(text.block("First page.").page()).isEqualTo(1);
        assertThat(text.block("Its end.").page()).isEqualTo(1);
        assertThat(text.block("Third page.").page()).isEqualTo(3);
    }

    @Test
    void keepsParagraphsApartAndLinesTogether() throws Exception {
        Extracted text = read(SampleFiles.pdf("One line\nand the next.\n\nAnother paragraph."));

        assertThat(text.blocks())
                .containsExactly(
                        "PARAGRAPH One line\nand the next.", "PARAGRAPH Another paragraph.");
    }

    @Test
    void tellsHeadingsByTheirLargerType() throws Exception {
        Extracted text =
                read(
                        SampleFiles.pdf(
                                "# Guitars\nStrings are made of steel or of nylon.",
                                "They have six strings as a rule, and some have twelve."));

        assertThat(text.block("Guitars").kind()).isEqualTo(Kind.HEADING);
        assertThat(text.block("nylon").heading()).isEqualTo("Guitars");
        assertThat(text.block("twelve").heading()).isEqualTo("Guitars");
        assertThat(text.block("twelve").locator()).isNull();
    }

    @Test
    void readsATableRowByRowWithItsCellsApart() throws Exception {
        Extracted text =
                read(
                        TablePdf.of(
                                90,
                                new String[] {"Name", "Price", "Stock"},
                                new String[] {"Fender CD-60", "24.90", "7"},
                                new String[] {"Yamaha\nstage piano", "39.00", "12"}));

        assertThat(text.whole().text())
                .isEqualToNormalizingWhitespace(
                        "Name Price Stock Fender CD-60 24.90 7 Yamaha stage piano 39.00 12");
    }

    @Test
    void keepsTheCellsOfANarrowTableApart() throws Exception {
        Extracted text =
                read(
                        TablePdf.of(
                                26,
                                new String[] {"Jan.", "Feb.", "Mar."},
                                new String[] {"1234", "2345", "3456"}));

        assertThat(text.whole().text())
                .isEqualToNormalizingWhitespace("Jan. Feb. Mar. 1234 2345 3456");
    }

    @Test
    void refusesAFileThatAsksForAPassword() {
        assertThat(failure(SampleFiles.encryptedPdf("secret", "Hidden.")).code())
                .isEqualTo(Code.ENCRYPTED);
    }

    @Test
    void refusesAFileThatAsksForACertificate() {
        assertThat(failure(SampleFiles.certifiedPdf("Hidden.")).code()).isEqualTo(Code.ENCRYPTED);
    }

    @Test
    void readsAFileThatOnlyItsOwnersPasswordProtects() throws Exception {
        Extracted text = read(SampleFiles.encryptedPdf("", "Open to all."));

        assertThat(text.blocks()).containsExactly("PARAGRAPH Open to all.");
    }

    @Test
    void saysOfPicturesThatTheyMayBeAScan() {
        ParseFailure failure = failure(SampleFiles.scannedPdf(100, 100));

        assertThat(failure.code()).isEqualTo(Code.NO_TEXT);
        assertThat(failure).hasMessageContaining("scan");
    }

    @Test
    void findsNoTextOnABlankPage() {
        assertThat(failure(SampleFiles.blankPdf()).code()).isEqualTo(Code.NO_TEXT);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7})
    void refusesAFileThatWasCutOff(int eighths) {
        byte[] whole = SampleFiles.pdf("Some text.", "More text.", "The end.");

        Throwable thrown = thrown(Arrays.copyOf(whole, whole.length * eighths / 8));

        assertThat(thrown)
                .isInstanceOfSatisfying(
                        ParseFailure.class, e -> assertThat(e.code()).isEqualTo(Code.CORRUPT));
    }

    @Test
    void decodesNoPictureHoweverLarge() {
        byte[] small = SampleFiles.scannedPdf(12_000, 12_000);

        assertThat(failure(small).code()).isEqualTo(Code.NO_TEXT);
    }

    @Test
    void survivesATreeOfPagesThatContainsItself() {
        assertThat(thrown(PdfBombs.kidsLoop())).isNotNull();
    }

    @Test
    void refusesMorePagesThanTheLimit() {
        assertThat(failure(PdfBombs.manyPages(1_000_000)).code()).isEqualTo(Code.LIMIT);
    }

    private static Extracted read(byte[] pdf) throws ParseFailure, IOException {
        return Extracted.of(FileType.PDF, pdf);
    }

    private static Throwable thrown(byte[] pdf) {
        return catchThrowableOfType(Exception.class, () -> read(pdf));
    }

    private static ParseFailure failure(byte[] pdf) {
        return (ParseFailure) thrown(pdf);
    }
}
