package dev.ibid.extraction;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ibid.documents.FileType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LocatorsTest {

    @ParameterizedTest
    @CsvSource({
        "A > B, A > C, A",
        "A > B, A > B, A > B",
        "A, B, A",
        "row 2, row 9, rows 2-9",
        "rows 2-4, rows 5-9, rows 2-9",
        "line 1, row 9, line 1",
    })
    void spansTwoPlaces(String first, String last, String both) {
        assertThat(Locators.over(first, last)).isEqualTo(both);
    }

    @ParameterizedTest
    @CsvSource({
        "Input > Output, Input › Output",
        "> 18 years, › 18 years",
        "a > > b >, a › › b ›",
        "a->b, a->b"
    })
    void aSignInAHeadingIsNoBorderOfThePath(String heading, String inPath) throws Exception {
        Extracted text = Extracted.of(FileType.MD, "# Top\n## " + heading + "\nText.\n");

        assertThat(text.block("Text").locator()).isEqualTo("Top > " + inPath);
        assertThat(text.block("Text").heading()).isEqualTo(heading);
    }

    @Test
    void headingsThatBeginAlikeShareNothing() throws Exception {
        Extracted text = Extracted.of(FileType.MD, "# In > a\nOne.\n# In > b\nTwo.\n");

        assertThat(Locators.over(text.block("One").locator(), text.block("Two").locator()))
                .isEqualTo("In › a");
    }
}
