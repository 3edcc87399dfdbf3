package dev.ibid.extraction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;

import dev.ibid.documents.FileType;
import dev.ibid.extraction.ParseFailure.Code;
import dev.ibid.extraction.ParserSettings.Processes;
import dev.ibid.testing.PdfBombs;
import dev.ibid.testing.SampleFiles;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

class ParserCellTest {

    private static final ParseProgress NOBODY = (done, total) -> {};

    /** Draws for longer than any test waits. */
    private static final byte[] ENDLESS = SampleFiles.formBombPdf(9);

    @TempDir private Path folder;
    private ParserSettings settings;
    private final List<ParserCell> cells = new ArrayList<>();

    @BeforeEach
    void settle() {
        settings = ParserSettings.in(folder.resolve("scratch"), Ocr.OFF);
    }

    @AfterEach
    void closeAll() {
        cells.forEach(ParserCell::close);
    }

    @Test
    void readsEveryFormatInAnotherProcess() throws Exception {
        ParserCell cell = cell(settings);

        ExtractedText pdf = cell.parse(file(SampleFiles.pdf("Page one.")), pdfType(), NOBODY);
        ExtractedText docx = parse(cell, FileType.DOCX, SampleFiles.docx("# Title", "Grüße."));
        ExtractedText csv = parse(cell, FileType.CSV, "name,price\nFender,24.90\n".getBytes());

        assertThat(pdf.text()).isEqualTo("Page one.");
        assertThat(docx.blocks().getLast().locator()).isEqualTo("Title");
        assertThat(csv.blocks().getLast().locator()).isEqualTo("row 2");
        assertThat(cell.pids()).hasSize(1).doesNotContain(ProcessHandle.current().pid());
    }

    @Test
    void tellsHowFarItIs() throws Exception {
        ParserCell cell = cell(settings);
        List<String> told = new ArrayList<>();

        cell.parse(
                file(SampleFiles.pdf("a", "b", "c")),
                pdfType(),
                (done, total) -> told.add(done + "/" + total));

        assertThat(told).last().isEqualTo("3/3");
    }

    @Test
    void endsADocumentThatTakesTooLong() throws Exception {
        ParserCell cell = cell(within(Duration.ofSeconds(2)));

        ParseFailure failure = failure(cell, ENDLESS);

        assertThat(failure.code()).isEqualTo(Code.TIMEOUT);
        assertThat(cell.pids()).isEmpty();
    }

    @Test
    void readsOnAfterADocumentThatTookTooLong() throws Exception {
        ParserCell cell = cell(within(Duration.ofSeconds(2)));
        failure(cell, ENDLESS);

        ExtractedText text = parse(cell, FileType.TXT, "Still here.".getBytes());

        assertThat(text.text()).isEqualTo("Still here.");
    }

    @Test
    void saysThatADocumentNeedsTooMuchMemory() throws Exception {
        ParserCell cell = cell(by(new Processes(1, 9, Duration.ofSeconds(60), 64)));

        ParseFailure failure = failure(cell, PdfBombs.flate(300));

        assertThat(failure.code()).isEqualTo(Code.LIMIT);
    }

    @Test
    void refusesMoreTextThanTheLimit() throws Exception {
        OutputLimits little = new OutputLimits(1000, 10);
        ParserCell cell =
                cell(
                        new ParserSettings(
                                settings.scratch(),
                                settings.processes(),
                                settings.deadline(),
                                little,
                                Ocr.OFF));

        ParseFailure failure =
                catchThrowableOfType(
                        ParseFailure.class,
                        () -> parse(cell, FileType.TXT, "word ".repeat(300).getBytes()));

        assertThat(failure.code()).isEqualTo(Code.LIMIT);
    }

    @Test
    void triesAgainWhenTheFileCannotBeHad() throws Exception {
        ParserCell cell = cell(settings);
        Path gone = folder.resolve("gone");

        ParseFailure failure =
                catchThrowableOfType(ParseFailure.class, () -> cell.parse(gone, pdfType(), NOBODY));

        assertThat(failure.code()).isEqualTo(Code.PARSER_CRASHED);
        assertThat(failure.retriable()).isTrue();
        assertThat(cell.pids()).isEmpty();
    }

    @Test
    void logsWhatWasThrownAtADamagedFileAndWhere() throws Exception {
        ParserCell cell = cell(settings);
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        Logger logger = (Logger) LoggerFactory.getLogger(ParserCell.class);
        log.start();
        logger.addAppender(log);

        ParseFailure failure = failure(cell, "%PDF-1.7\nnothing\n%%EOF".getBytes());

        logger.detachAppender(log);
        assertThat(failure.code()).isEqualTo(Code.CORRUPT);
        assertThat(log.list)
                .singleElement()
                .extracting(ILoggingEvent::getFormattedMessage)
                .asString()
                .contains("IOException", "PdfExtractor.open", "PdfExtractor.java:")
                .doesNotContain("\n")
                .hasSizeLessThan(5000);
    }

    @Test
    void losesOneDocumentWhenItsProcessIsKilled() throws Exception {
        ParserCell cell = cell(settings);

        ParseFailure failure =
                catchThrowableOfType(
                        ParseFailure.class,
                        () -> cell.parse(file(ENDLESS), pdfType(), (done, total) -> killAll(cell)));

        assertThat(failure.code()).isEqualTo(Code.PARSER_CRASHED);
        assertThat(failure.retriable()).isTrue();
        assertThat(parse(cell, FileType.TXT, "next".getBytes()).text()).isEqualTo("next");
    }

    @Test
    void endsTheReadingWhenItsCallerIsInterrupted() throws Exception {
        ParserCell cell = cell(settings);
        Thread caller = Thread.currentThread();

        ParseFailure failure =
                catchThrowableOfType(
                        ParseFailure.class,
                        () ->
                                cell.parse(
                                        file(ENDLESS),
                                        pdfType(),
                                        (done, all) -> caller.interrupt()));

        assertThat(Thread.interrupted()).isTrue();
        assertThat(failure.code()).isEqualTo(Code.PARSER_CRASHED);
        assertThat(cell.pids()).isEmpty();
    }

    @Test
    void handsBackWhatTheListenerOfTheProgressThrows() throws Exception {
        ParserCell cell = cell(settings);
        IllegalStateException lost = new IllegalStateException("the lease is lost");

        Throwable thrown =
                catchThrowable(() ->
                        cell.parse(
                                file(ENDLESS),
                                pdfType(),
                                (done, total) -> {
                                    throw lost;
                                }));

        assertThat(thrown).isSameAs(lost);
        assertThat(cell.pids()).isEmpty();
    }

    @Test
    void usesAProcessForManyDocumentsButNotForEver() throws Exception {
        ParserCell cell = cell(by(new Processes(2, 2, Duration.ofSeconds(60), 384)));
        List<Set<Long>> pids = new ArrayList<>();

        for (String each : List.of("one", "two", "three")) {
            parse(cell, FileType.TXT, each.getBytes());
            pids.add(cell.pids());
        }

        assertThat(pids.get(0)).hasSize(1);
        assertThat(pids.get(1)).isEmpty();
        assertThat(pids.get(2)).hasSize(1).isNotEqualTo(pids.get(0));
    }

    @Test
    void endsAProcessThatHasNothingToDo() throws Exception {
        ParserCell cell = cell(by(new Processes(2, 9, Duration.ofMillis(100), 384)));

        parse(cell, FileType.TXT, "one".getBytes());

        await().until(() -> cell.pids().isEmpty());
        assertThat(scratchFolders()).isEmpty();
    }

    @Test
    void runsNoMoreProcessesThanItMay() throws Exception {
        ParserCell cell = cell(by(new Processes(2, 9, Duration.ofSeconds(60), 384)));

        List<CompletableFuture<ExtractedText>> readings =
                Stream.of("a", "b", "c", "d", "e", "f")
                        .map(each -> CompletableFuture.supplyAsync(() -> quietly(cell, each)))
                        .toList();

        assertThat(readings.stream().map(each -> each.join().text()))
                .containsExactly("a", "b", "c", "d", "e", "f");
        assertThat(cell.pids()).hasSizeLessThanOrEqualTo(2);
    }

    @Test
    void leavesNoProcessWhenItsServerIsKilled() throws Exception {
        Process server = CellServer.start(folder, file(ENDLESS));
        long child = CellServer.childOf(server);

        server.destroyForcibly();

        await().until(() -> ProcessHandle.of(child).map(each -> !each.isAlive()).orElse(true));
    }

    @Test
    void closesWithAllItsProcesses() throws Exception {
        ParserCell cell = cell(settings);
        parse(cell, FileType.TXT, "one".getBytes());
        Set<Long> pids = cell.pids();

        cell.close();

        assertThat(pids).allSatisfy(pid -> assertThat(ProcessHandle.of(pid)).isEmpty());
        assertThat(scratchFolders()).isEmpty();
    }

    private static void killAll(ParserCell cell) {
        cell.pids().forEach(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly));
    }

    private ParserSettings within(Duration deadline) {
        return new ParserSettings(
                settings.scratch(), settings.processes(), deadline, settings.output(), Ocr.OFF);
    }

    private ParserSettings by(Processes processes) {
        return new ParserSettings(
                settings.scratch(), processes, settings.deadline(), settings.output(), Ocr.OFF);
    }

    private ParserCell cell(ParserSettings with) throws IOException {
        ParserCell cell = new ParserCell(with);
        cells.add(cell);
        return cell;
    }

    private Path file(byte[] bytes) throws IOException {
        return Files.write(Files.createTempFile(folder, "dokument-ä", ""), bytes);
    }

    private ExtractedText parse(ParserCell cell, FileType type, byte[] bytes)
            throws IOException, ParseFailure {
        return cell.parse(file(bytes), type.mediaType(), NOBODY);
    }

    private ExtractedText quietly(ParserCell cell, String text) {
        try {
            return parse(cell, FileType.TXT, text.getBytes());
        } catch (IOException | ParseFailure e) {
            throw new IllegalStateException(e);
        }
    }

    private ParseFailure failure(ParserCell cell, byte[] pdf) {
        return catchThrowableOfType(ParseFailure.class, () -> parse(cell, FileType.PDF, pdf));
    }

    private static String pdfType() {
        return FileType.PDF.mediaType();
    }

    private List<Path> scratchFolders() throws IOException {
        try (Stream<Path> folders = Files.list(settings.scratch())) {
            return folders.toList();
        }
    }
}
