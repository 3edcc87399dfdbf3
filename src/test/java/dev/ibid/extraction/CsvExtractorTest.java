package dev.ibid.extraction;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ibid.documents.FileType;
import dev.ibid.extraction.ExtractedText.Block;
import dev.ibid.extraction.ExtractedText.Kind;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;

class CsvExtractorTest {

    @Test
    void keepsRowsAsTheyStandAndNumbersThemFromTheHeader() throws Exception {
        Extracted text = read("name,price\nFender,24.90\nIbanez,31.00\n");

        assertThat(text.blocks())
                .containsExactly(
                        "TABLE_HEADER name,price",
                        "TABLE_ROW Fender,24.90",
                        "TABLE_ROW Ibanez,31.00");
        assertThat(locators(text)).containsExactly("row 1", "row 2", "row 3");
    }

    @ParameterizedTest
    @ValueSource(strings = {",", ";", "\t", "|"})
    void keepsLineFeedsInQuotesWithinTheirRow(String delimiter) throws Exception {
        Extracted text =
                read("a;b\n1;\"two\nlines; \"\"quoted\"\"\"\n3;4\n".replace(";", delimiter));

        assertThat(text.kinds()).containsExactly(Kind.TABLE_HEADER, Kind.TABLE_ROW, Kind.TABLE_ROW);
        assertThat(locators(text)).containsExactly("row 1", "row 2", "row 3");
    }

    @Test
    void countsBlankRowsAsASpreadsheetDoes() throws Exception {
        assertThat(locators(read("\na,b\n\n1,2\n"))).containsExactly("row 2", "row 4");
    }

    @Test
    void readsOnLineByLineAfterAQuoteThatIsNeverClosed() throws Exception {
        assertThat(read("a,b\n1,\"open\n2,x\n3,y\n").blocks())
                .containsExactly(
                        "TABLE_HEADER a,b", "TABLE_ROW 1,\"open", "TABLE_ROW 2,x", "TABLE_ROW 3,y");
    }

    @Test
    void acceptsRaggedRowsAndNuls() throws Exception {
        assertThat(read("a,b,c and some more words\n1\n1,2,3,4\n\0,5,6\n").blocks())
                .contains("TABLE_ROW 1", "TABLE_ROW 1,2,3,4", "TABLE_ROW \uFFFD,5,6");
    }

    @Test
    void bundlesTheRowsOfVeryLongTables() throws Exception {
        Extracted text = read("n\n" + "1\n".repeat(1_000_000));

        assertThat(text.whole().blocks()).hasSizeLessThan(110_000);
        assertThat(locators(text)).contains("row 1", "rows 2-12").endsWith("row 1000001");
    }

    private static List<String> locators(Extracted text) {
        return text.whole().blocks().stream().map(Block::locator).toList();
    }

    private static Extracted read(String text) throws Exception {
        return Extracted.of(FileType.CSV, text);
    }
}
