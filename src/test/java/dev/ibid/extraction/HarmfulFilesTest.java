package dev.ibid.extraction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.ibid.documents.FileType;
import dev.ibid.testing.BadFiles;
import dev.ibid.testing.PdfBombs;
import dev.ibid.testing.SampleFiles;
import dev.ibid.testing.ZipBombs;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Files that were made to hang, fill or take over their reader, read with the usual limits. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HarmfulFilesTest {

    private final Path folder;
    private final ParserCell cell;

    HarmfulFilesTest(@TempDir Path folder) throws IOException {
        this.folder = folder;
        this.cell = new ParserCell(ParserSettings.in(folder.resolve("scratch"), Ocr.OFF));
    }

    @AfterAll
    void close() {
        cell.close();
    }

    @Test
    void everyPdfMadeToHarmIsReadOrRefusedInTime() throws Exception {
        Map<String, String> outcomes = new LinkedHashMap<>();

        outcomes.put("kids loop", pdf(PdfBombs.kidsLoop()));
        outcomes.put("a million pages", pdf(PdfBombs.manyPages(1_000_000)));
        outcomes.put("deep outlines", pdf(PdfBombs.outlines(100_000)));
        outcomes.put("nested arrays", pdf(PdfBombs.arrays(1_000_000)));
        outcomes.put("huge picture", pdf(SampleFiles.scannedPdf(12_000, 12_000)));
        outcomes.put("flate", pdf(PdfBombs.flate(300)));
        outcomes.put("object stream", pdf(PdfBombs.objectStream(300)));
        outcomes.put("form that draws itself", pdf(PdfBombs.recursiveForm()));
        outcomes.put("script and program", pdf(PdfBombs.actions()));

        assertThat(outcomes)
                .containsEntry("kids loop", "no_text")
                .containsEntry("a million pages", "limit")
                .containsEntry("deep outlines", "no_text")
                .containsEntry("nested arrays", "no_text")
                .containsEntry("huge picture", "no_text")
                .containsEntry("flate", "limit")
                .containsEntry("object stream", "limit")
                .containsEntry("form that draws itself", "no_text")
                .containsEntry("script and program", "no_text");
    }

    @Test
    void everyWordDocumentMadeToHarmIsReadOrRefusedInTime() throws Exception {
        byte[] spaces = " ".repeat(90 << 20).getBytes();
        Map<String, String> outcomes = new LinkedHashMap<>();

        outcomes.put("archives 12 deep", docx(ZipBombs.nested(12)));
        outcomes.put("itself", docx(ZipBombs.selfEmbedding()));
        outcomes.put("overlapping entries", docx(ZipBombs.overlapping(5_000)));
        outcomes.put("very many entries", docx(SampleFiles.zipOf(100_000)));
        outcomes.put(
                "table of contents",
                docx(
                        SampleFiles.withPart(
                                SampleFiles.docx("Text."), "[Content_Types].xml", spaces)));

        assertThat(outcomes)
                .containsEntry("archives 12 deep", "ready: Text.")
                .containsEntry("itself", "ready: Text.")
                .containsEntry("overlapping entries", "limit")
                .containsEntry("very many entries", "limit")
                .containsEntry("table of contents", "ready: Text.");
    }

    @Test
    void noFileMakesItsReaderCallSomebody() throws Exception {
        try (ServerSocket canary = new ServerSocket(0, 9, InetAddress.getLoopbackAddress())) {
            canary.setSoTimeout(1);
            String url = "http://127.0.0.1:" + canary.getLocalPort() + "/x";

            assertThat(pdf(PdfBombs.xfa(url))).isEqualTo("no_text");
            assertThat(pdf(PdfBombs.xfa("file:///etc/passwd"))).isEqualTo("no_text");
            assertThat(xml("<!DOCTYPE x SYSTEM '" + url + "'>", "t")).isIn("ready: t", "corrupt");
            assertThat(xml("<!DOCTYPE x [<!ENTITY e SYSTEM '" + url + "'>]>", "&e;"))
                    .isEqualTo("corrupt");
            assertThat(xml("<!DOCTYPE x [<!ENTITY % p SYSTEM '" + url + "'>%p;]>", "t"))
                    .isIn("ready: t", "corrupt");
            assertThat(
                            xml(
                                    "",
                                    "<i:include xmlns:i='http://www.w3.org/2001/XInclude' href='"
                                            + url
                                            + "'/>"))
                    .isIn("no_text", "corrupt");
            assertThat(catchThrowable(canary::accept)).isInstanceOf(SocketTimeoutException.class);
        }
    }

    @Test
    void noEntityExpands() throws Exception {
        String quadratic = "<!DOCTYPE x [<!ENTITY e '" + "a".repeat(100_000) + "'>]>";

        assertThat(xml(BadFiles.laughs(), "&e9;")).isEqualTo("corrupt");
        assertThat(xml(quadratic, "&e;".repeat(10_000))).isEqualTo("corrupt");
    }

    private String xml(String prolog, String content) throws IOException {
        return docx(SampleFiles.withProlog(prolog, content));
    }

    private String pdf(byte[] bytes) throws IOException {
        return outcome(FileType.PDF, bytes);
    }

    private String docx(byte[] bytes) throws IOException {
        return outcome(FileType.DOCX, bytes);
    }

    private String outcome(FileType type, byte[] bytes) throws IOException {
        Path file = Files.write(folder.resolve("file"), bytes);
        try {
            return "ready: " + cell.parse(file, type.mediaType(), (done, total) -> {}).text();
        } catch (ParseFailure failure) {
            return failure.code().name().toLowerCase(Locale.ROOT);
        }
    }
}
