package dev.ibid.extraction;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ibid.documents.FileType;
import dev.ibid.extraction.ExtractedText.Kind;

import org.junit.jupiter.api.Test;

class MarkdownExtractorTest {

    @Test
    void locatesBlocksByBothKindsOfHeadings() throws Exception {
        Extracted text =
                read(
                        """
                        Before.

                        Guide
                        =====

                        ## Install *it* ##
                        On Linux.

                        Run
                        ---
                        Now.
                        """);

        assertThat(text.block("Before").locator()).isNull();
        assertThat(text.block("Linux").locator()).isEqualTo("Guide > Install it");
        assertThat(text.block("Now").locator()).isEqualTo("Guide > Run");
        assertThat(text.block("Guide").kind()).isEqualTo(Kind.HEADING);
        assertThat(text.blocks()).contains("HEADING ## Install *it* ##", "HEADING Run\n---");
    }

    @Test
    void keepsCodeTogetherAndUnderstandsNothingInIt() throws Exception {
        Extracted text =
                read(
                        """
                        Text:
                        ```sh
                        # not a heading

                        - not a list
                        ```
                        ~~~
                        ``` still code
                        ~~~
                        After.
                        """);

        assertThat(text.kinds())
                .containsExactly(Kind.PARAGRAPH, Kind.CODE, Kind.CODE, Kind.PARAGRAPH);
        assertThat(text.block("After").locator()).isNull();
    }

    @Test
    void takesTablesRowByRow() throws Exception {
        Extracted text =
                read(
                        """
                        | Name | Price |
                        |------|------:|
                        | Fender | 24.90 |
                        | Ibanez | 31.00 |

                        After.
                        """);

        assertThat(text.blocks())
                .containsExactly(
                        "TABLE_HEADER | Name | Price |\n|------|------:|",
                        "TABLE_ROW | Fender | 24.90 |",
                        "TABLE_ROW | Ibanez | 31.00 |",
                        "PARAGRAPH After.");
    }

    @Test
    void takesEachListItemWithItsOwnLines() throws Exception {
        Extracted text = read("- one\n  and more\n- two\n1. three\n");

        assertThat(text.blocks())
                .containsExactly(
                        "LIST_ITEM - one\n  and more", "LIST_ITEM - two", "LIST_ITEM 1. three");
    }

    @Test
    void keepsFrontMatterApart() throws Exception {
        Extracted text = read("---\ntitle: x\n# no heading\n---\n# Heading\nText.\n");

        assertThat(text.kinds()).containsExactly(Kind.CODE, Kind.HEADING, Kind.PARAGRAPH);
        assertThat(text.block("Text").locator()).isEqualTo("Heading");
    }

    @Test
    void leavesHtmlAndLinksAsText() throws Exception {
        String hostile = "<script>alert(1)</script> ![x](data:image/png;base64,AAAA)";

        assertThat(read(hostile).whole().text()).isEqualTo(hostile);
    }

    @Test
    void endsCodeThatIsNeverClosedWithTheFile() throws Exception {
        assertThat(read("```\ncode\n# code").kinds()).containsExactly(Kind.CODE);
    }

    private static Extracted read(String text) throws Exception {
        return Extracted.of(FileType.MD, text);
    }
}
