package dev.ibid.extraction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.ibid.documents.FileType;
import dev.ibid.extraction.ParseFailure.Code;
import dev.ibid.testing.SampleFiles;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.util.Arrays;

class DocxExtractorTest {

    @Test
    void keepsHeadingsParagraphsListsAndTablesInReadingOrder() throws Exception {
        Extracted text =
                read(
                        SampleFiles.docx(
                                "# Install",
                                "Take the archive.",
                                "- unpack it",
                                "- run it",
                                "Name | Price",
                                "Fender | 24.90",
                                "Ibanez | 31.00",
                                "Done."));

        assertThat(text.blocks())
                .containsExactly(
                        "HEADING Install",
                        "PARAGRAPH Take the archive.",
                        "LIST_ITEM unpack it",
                        "LIST_ITEM run it",
                        "TABLE_HEADER Name | Price",
                        "TABLE_ROW Fender | 24.90",
                        "TABLE_ROW Ibanez | 31.00",
                        "PARAGRAPH Done.");
    }

    @Test
    void locatesEachBlockByThePathOfHeadingsAboveIt() throws Exception {
        Extracted text =
                read(
                        SampleFiles.docx(
                                "Preface.",
                                "# Install",
                                "## Linux",
                                "Use apt.",
                                "# Run",
                                "Start."));

        assertThat(text.block("Preface").locator()).isNull();
        assertThat(text.block("apt").locator()).isEqualTo("Install > Linux");
        assertThat(text.block("apt").heading()).isEqualTo("Linux");
        assertThat(text.block("Start").locator()).isEqualTo("Run");
    }

    @Test
    void takesATableOfOneRowForNoHeader() throws Exception {
        Extracted text = read(SampleFiles.docx("left | right", "Text."));

        assertThat(text.blocks()).containsExactly("TABLE_ROW left | right", "PARAGRAPH Text.");
    }

    @Test
    void leavesOutWhatAReaderOfThePageDoesNotSee() throws Exception {
        String xml =
                "<w:p><w:r><w:t>seen</w:t></w:r>"
                        + "<w:r><w:rPr><w:vanish/></w:rPr><w:t>hidden</w:t></w:r>"
                        + "<w:del><w:r><w:delText>deleted</w:delText></w:r></w:del>"
                        + "<w:moveFrom><w:r><w:t>moved</w:t></w:r></w:moveFrom>"
                        + "<w:ins><w:r><w:t xml:space='preserve'> and added</w:t></w:r></w:ins>"
                        + "<w:r><w:instrText>HYPERLINK</w:instrText></w:r></w:p>";

        Extracted text = read(SampleFiles.docxWithBody(xml));

        assertThat(text.whole().text()).isEqualTo("seen and added");
    }

    @Test
    void readsATextBoxOnce() throws Exception {
        String box = "<w:txbxContent><w:p><w:r><w:t>boxed</w:t></w:r></w:p></w:txbxContent>";
        String xml =
                "<w:p><w:r><w:t>outer</w:t></w:r><w:r><mc:AlternateContent><mc:Choice>"
                        + box
                        + "</mc:Choice><mc:Fallback>"
                        + box
                        + "</mc:Fallback></mc:AlternateContent></w:r></w:p>";

        Extracted text = read(SampleFiles.docxWithBody(xml));

        assertThat(text.blocks()).containsExactly("PARAGRAPH boxed", "PARAGRAPH outer");
    }

    @Test
    void refusesADocumentWithAPassword() {
        assertThat(failure(SampleFiles.encryptedDocx("secret", "Hidden.")).code())
                .isEqualTo(Code.ENCRYPTED);
    }

    @Test
    void findsNoTextInADocumentWithoutAny() {
        assertThat(failure(SampleFiles.docx("")).code()).isEqualTo(Code.NO_TEXT);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7})
    void refusesAnArchiveThatWasCutOff(int eighths) {
        byte[] whole = SampleFiles.docx("# Title", "Text.", "a | b", "c | d");

        Throwable thrown = thrown(Arrays.copyOf(whole, whole.length * eighths / 8));

        assertThat(thrown).isInstanceOf(IOException.class);
    }

    @Test
    void refusesASpreadsheet() {
        assertThat(thrown(SampleFiles.xlsx())).isInstanceOf(IOException.class);
    }

    @Test
    void refusesAPartThatUnpacksToFarMoreThanItsSize() {
        byte[] body = ("<w:p><w:r><w:t>" + "0".repeat(30 << 20)).getBytes();

        byte[] bomb = SampleFiles.docxWithBody(new String(body) + "</w:t></w:r></w:p>");

        assertThat(failure(bomb).code()).isEqualTo(Code.LIMIT);
    }

    @Test
    void refusesAnArchiveWhoseOtherPartsUnpackToFarMore() {
        byte[] bomb =
                SampleFiles.withPart(
                        SampleFiles.docx("x"), "word/media/zeros.bin", new byte[120 << 20]);

        assertThat(failure(bomb).code()).isEqualTo(Code.LIMIT);
    }

    @Test
    void refusesAnArchiveOfVeryManyEntries() {
        assertThat(failure(SampleFiles.zipOf(100_000)).code()).isEqualTo(Code.LIMIT);
    }

    @Test
    void neverOpensWhatIsEmbedded() throws Exception {
        byte[] whole = SampleFiles.docx("Text.");

        Extracted text =
                read(SampleFiles.withPart(whole, "word/embeddings/self.docx", new byte[] {80, 75}));

        assertThat(text.blocks()).containsExactly("PARAGRAPH Text.");
    }

    @Test
    void refusesDeepNesting() {
        String deep = "<w:sdt>".repeat(2000) + "</w:sdt>".repeat(2000);

        assertThat(failure(SampleFiles.docxWithBody(deep)).code()).isEqualTo(Code.LIMIT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<!DOCTYPE w:document [<!ENTITY e \"expanded\">]>",
                "<!DOCTYPE w:document [<!ENTITY e SYSTEM \"file:///etc/passwd\">]>",
                "<!DOCTYPE w:document SYSTEM \"http://127.0.0.1:9/x.dtd\">"
            })
    void expandsNoEntity(String doctype) {
        String xml =
                doctype
                        + "<w:document xmlns:w=\"http://schemas.openxmlformats.org/"
                        + "wordprocessingml/2006/main\"><w:body><w:p><w:r><w:t>text &e;</w:t>"
                        + "</w:r></w:p></w:body></w:document>";

        Throwable thrown =
                thrown(
                        SampleFiles.withPart(
                                SampleFiles.docx("x"), "word/document.xml", xml.getBytes()));

        assertThat(thrown).isInstanceOf(IOException.class);
    }

    private static Extracted read(byte[] docx) throws ParseFailure, IOException {
        return Extracted.of(FileType.DOCX, docx);
    }

    private static Throwable thrown(byte[] docx) {
        return catchThrowableOfType(Exception.class, () -> read(docx));
    }

    private static ParseFailure failure(byte[] docx) {
        return (ParseFailure) thrown(docx);
    }
}
