package dev.ibid.extraction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.ibid.documents.FileType;
import dev.ibid.extraction.ExtractedText.Block;
import dev.ibid.extraction.OcrConfig.Mode;
import dev.ibid.extraction.ParseFailure.Code;
import dev.ibid.testing.SampleFiles;
import dev.ibid.testing.Scans;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

class OcrTest {

    private static final Duration PAGE = Duration.ofSeconds(30);

    /** A page on which a recogniser has something to do. */
    private static final String WORDS =
            "# Harvest report\n\nThe orchard gave ninety crates of pears.";

    @TempDir private Path folder;
    private final List<ParserCell> cells = new ArrayList<>();
    private final List<String> told = new ArrayList<>();

    @AfterEach
    void close() {
        cells.forEach(ParserCell::close);
    }

    @Test
    void readsScannedPagesBesideOthers() throws Exception {
        Ocr ocr = Ocr.find(on(PAGE, "eng"), String.valueOf(System.getenv("PATH")));
        assumeTrue(ocr.isOn(), "tesseract is not installed");
        byte[] pdf =
                Scans.joined(
                        Scans.of(WORDS),
                        SampleFiles.pdf("This page has text of its own."),
                        Scans.of("Plums were sold at the market."));

        ExtractedText text = parse(ocr, pdf);

        assertThat(text.pages()).isEqualTo(3);
        assertThat(page(text, "ninety crates of pears")).isEqualTo(1);
        assertThat(page(text, "text of its own")).isEqualTo(2);
        assertThat(page(text, "Plums were sold")).isEqualTo(3);
        assertThat(text.blocks().stream().map(Block::page)).isSorted();
        assertThat(told).contains("1/3", "2/3").last().isEqualTo("3/3");
    }

    @Test
    void findsNothingOnAPageWithoutAnything() throws Exception {
        Ocr ocr = Ocr.find(on(PAGE, "eng"), String.valueOf(System.getenv("PATH")));
        assumeTrue(ocr.isOn(), "tesseract is not installed");

        ParseFailure failure = failure(ocr, SampleFiles.blankPdf());

        assertThat(failure.code()).isEqualTo(Code.NO_TEXT);
        assertThat(failure.detail()).contains("found none either");
    }

    @Test
    void endsAPageThatTakesTooLongAndSaysWhich() throws Exception {
        Ocr ocr = Ocr.find(on(Duration.ofMillis(300), "eng"), recogniser("exec sleep 600"));

        ParseFailure failure =
                failure(ocr, Scans.joined(SampleFiles.pdf("Text."), Scans.of("Scan.")));

        assertThat(failure.code()).isEqualTo(Code.TIMEOUT);
        assertThat(failure.detail()).contains("page 2", "0.3 seconds", "OCR_PAGE_TIMEOUT");
        assertNothingRuns();
    }

    @Test
    void letsADocumentTakeLongerForEachPageThatIsRecognised() throws Exception {
        Ocr ocr = Ocr.find(on(PAGE, "eng"), recogniser("sleep 2; echo Recognised."));

        ExtractedText text =
                cell(ocr, Duration.ofSeconds(4))
                        .parse(
                                file(Scans.of("a", "b", "c")),
                                FileType.PDF.mediaType(),
                                (done, total) -> {});

        assertThat(text.blocks().stream().map(Block::page)).containsExactly(1, 2, 3);
    }

    @Test
    void leavesNoRecogniserBehindWhenItsCallerIsInterrupted() throws Exception {
        Ocr ocr = Ocr.find(on(PAGE, "eng"), recogniser("exec sleep 600"));
        ParserCell cell = cell(ocr, PAGE);
        Path scan = file(Scans.of("Scan."));
        Thread reader =
                Thread.ofPlatform()
                        .start(() ->
                                catchThrowableOfType(
                                        ParseFailure.class,
                                        () ->
                                                cell.parse(
                                                        scan,
                                                        FileType.PDF.mediaType(),
                                                        (done, total) -> {})));
        await().until(() -> recognisers().findAny().isPresent());

        reader.interrupt();

        reader.join();
        assertNothingRuns();
    }

    @Test
    void triesAgainWhenTheRecogniserFails() throws Exception {
        Ocr ocr = Ocr.find(on(PAGE, "eng"), recogniser("exit 1"));

        assertThat(failure(ocr, Scans.of("Scan.")).code()).isEqualTo(Code.PARSER_CRASHED);
    }

    @Test
    void saysHowToTurnItOn() throws Exception {
        Ocr ocr = Ocr.find(new OcrConfig(Mode.OFF, List.of("eng"), PAGE), recogniser(""));

        ParseFailure failure = failure(ocr, Scans.of("Scan."));

        assertThat(failure.code()).isEqualTo(Code.NO_TEXT);
        assertThat(failure.detail()).contains("scan", "OCR=on");
    }

    @Test
    void saysThatTheProgramIsMissing() throws Exception {
        ParseFailure failure =
                failure(Ocr.find(on(PAGE, "eng"), folder.toString()), Scans.of("Scan."));

        assertThat(failure.code()).isEqualTo(Code.NO_TEXT);
        assertThat(failure.detail()).contains("Tesseract is not installed");
    }

    @Test
    void saysWhichLanguageIsMissing() throws Exception {
        Ocr ocr = Ocr.find(on(PAGE, "eng", "xxx"), recogniser(""));

        assertThat(ocr.isOn()).isFalse();
        assertThat(ocr.advice()).contains("no data for xxx on the server").doesNotContain("eng");
    }

    /** A program of that name which knows English and then does as told. */
    private String recogniser(String deed) throws IOException {
        Path bin = Files.createTempDirectory(folder, "bin");
        String script = "#!/bin/sh\n[ \"$1\" = --list-langs ] && echo eng && exit\n" + deed + "\n";
        Path program = Files.writeString(bin.resolve("tesseract"), script);
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        return bin.toString();
    }

    private static OcrConfig on(Duration page, String... languages) {
        return new OcrConfig(Mode.ON, List.of(languages), page);
    }

    private ParserCell cell(Ocr ocr, Duration deadline) throws IOException {
        ParserSettings usual = ParserSettings.in(folder.resolve("scratch"), ocr);
        ParserCell cell =
                new ParserCell(
                        new ParserSettings(
                                usual.scratch(), usual.processes(), deadline, usual.output(), ocr));
        cells.add(cell);
        return cell;
    }

    private ExtractedText parse(Ocr ocr, byte[] pdf) throws IOException, ParseFailure {
        return cell(ocr, Duration.ofSeconds(60))
                .parse(
                        file(pdf),
                        FileType.PDF.mediaType(),
                        (done, total) -> told.add(done + "/" + total));
    }

    private ParseFailure failure(Ocr ocr, byte[] pdf) {
        return catchThrowableOfType(ParseFailure.class, () -> parse(ocr, pdf));
    }

    private Path file(byte[] pdf) throws IOException {
        return Files.write(Files.createTempFile(folder, "scan", ".pdf"), pdf);
    }

    private static int page(ExtractedText text, String words) {
        return text.blocks().stream()
                .filter(block ->
                        text.text()
                                .substring(block.start(), block.end())
                                .replaceAll("\\s+", " ")
                                .contains(words))
                .map(Block::page)
                .findFirst()
                .orElseThrow();
    }

    /** What the cells' processes have started. */
    private Stream<ProcessHandle> recognisers() {
        return ProcessHandle.current()
                .descendants()
                .filter(each -> each.info().command().orElse("").endsWith("sleep"));
    }

    private void assertNothingRuns() {
        await().until(() -> recognisers().findAny().isEmpty());
    }
}
