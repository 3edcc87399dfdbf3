package dev.ibid.extraction;

import dev.ibid.extraction.ExtractedText.Kind;

import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.text.PDFTextStripper;
import org.apache.pdfbox.text.TextPosition;

import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Collects the paragraphs of all pages in one pass, and tells headings by the size of their type.
 */
final class PdfPages extends PDFTextStripper {

    /** A heading is set at least this much larger than most of the text, and is short. */
    private static final double HEADING_SIZE = 1.15;

    private static final int LONGEST_HEADING = 120;

    /** Above this share of unmapped characters the fonts do not say what they show. */
    private static final double MOST_UNREADABLE = 0.3;

    /** Of text that was recognised; it counts for no size, and is never a heading. */
    private static final int UNKNOWN_SIZE = 0;

    private record Paragraph(String text, int page, int size) {}

    /** Carries a {@link ParseFailure} through methods that may only throw {@link IOException}. */
    private static final class Stopped extends IOException {
        private final ParseFailure failure;

        Stopped(ParseFailure failure) {
            super(failure);
            this.failure = failure;
        }
    }

    private final PDDocument source;
    private final OutputLimits limits;
    private final Ocr ocr;
    private final ParseProgress progress;
    private final int total;
    private final List<Paragraph> paragraphs = new ArrayList<>();
    private final Map<Integer, Integer> charactersBySize = new HashMap<>();
    private final StringBuilder paragraph = new StringBuilder();
    private int size;
    private int lastPage;
    private int characters;
    private int unreadable;
    private int pagesRead;

    PdfPages(PDDocument source, OutputLimits limits, Ocr ocr, ParseProgress progress) {
        this.source = source;
        this.limits = limits;
        this.ocr = ocr;
        this.progress = progress;
        this.total = source.getNumberOfPages();
        setSuppressDuplicateOverlappingText(true);
        setLineSeparator("\n");
    }

    ExtractedText read() throws IOException, ParseFailure {
        if (total > limits.pages()) {
            throw tooManyPages();
        }
        try {
            writeText(source, Writer.nullWriter());
        } catch (Stopped stopped) {
            throw stopped.failure;
        }
        if (ocr.isOn()) {
            recognise();
        }
        refuseUnreadable();
        return assembled();
    }

    @Override
    protected void startPage(PDPage page) throws IOException {
        if (getCurrentPageNo() > limits.pages()) {
            throw new Stopped(tooManyPages());
        }
    }

    @Override
    protected void endPage(PDPage page) {
        close();
        lastPage = getCurrentPageNo();
        boolean empty = paragraphs.isEmpty() || paragraphs.getLast().page() != lastPage;
        pagesRead += empty && ocr.isOn() ? 0 : 1;
        progress.read(pagesRead, Math.max(total, lastPage));
    }

    private void recognise() throws IOException, ParseFailure {
        Set<Integer> read = paragraphs.stream().map(Paragraph::page).collect(Collectors.toSet());
        List<Integer> scans =
                IntStream.rangeClosed(1, total)
                        .boxed()
                        .filter(page -> !read.contains(page))
                        .toList();
        if (scans.size() > Ocr.MOST_PAGES) {
            throw tooManyPages("scanned pages", Ocr.MOST_PAGES);
        }
        ScannedPages pictures = new ScannedPages(source, ocr);
        for (int page : scans) {
            progress.recognising();
            for (String text : pictures.read(page)) {
                add(text, page);
            }
            progress.read(++pagesRead, total);
        }
        paragraphs.sort(Comparator.comparingInt(Paragraph::page));
    }

    private void add(String recognised, int page) throws ParseFailure {
        characters += recognised.length();
        if (characters > limits.characters()) {
            throw ParseFailure.tooLong();
        }
        if (!recognised.isEmpty()) {
            paragraphs.add(new Paragraph(recognised, page, UNKNOWN_SIZE));
        }
    }

    @Override
    protected void writeString(String word, List<TextPosition> positions) throws IOException {
        if (!positions.isEmpty()) {
            startLine(Math.round(positions.getFirst().getFontSizeInPt() * 10));
        }
        paragraph.append(word);
        characters += word.length();
        if (characters > limits.characters()) {
            throw new Stopped(ParseFailure.tooLong());
        }
    }

    /** A line in larger or smaller type than the one above is no part of its paragraph. */
    private void startLine(int sizeOfLine) {
        boolean larger = sizeOfLine >= size * HEADING_SIZE || size >= sizeOfLine * HEADING_SIZE;
        boolean below = !paragraph.isEmpty() && paragraph.charAt(paragraph.length() - 1) == '\n';
        if (below && larger) {
            close();
        }
        if (paragraph.isEmpty()) {
            size = sizeOfLine;
        }
    }

    @Override
    protected void writeWordSeparator() {
        paragraph.append(' ');
    }

    @Override
    protected void writeLineSeparator() {
        if (!paragraph.isEmpty()) {
            paragraph.append('\n');
        }
    }

    @Override
    protected void writeParagraphStart() {
        close();
    }

    @Override
    protected void writeParagraphEnd() {
        close();
    }

    @Override
    protected void writePageStart() {}

    @Override
    protected void writePageEnd() {}

    private void close() {
        String text = paragraph.toString().strip();
        paragraph.setLength(0);
        if (text.isEmpty()) {
            return;
        }
        charactersBySize.merge(size, text.length(), Integer::sum);
        unreadable += (int) text.chars().filter(PdfPages::isUnreadable).count();
        paragraphs.add(new Paragraph(text, getCurrentPageNo(), size));
    }

    private ExtractedText assembled() throws ParseFailure {
        TextDraft draft = new TextDraft(limits.characters());
        int body = usualSize();
        HeadingPath path = new HeadingPath();
        for (Paragraph each : paragraphs) {
            boolean heading = isHeading(each, body);
            if (heading) {
                path.enter(1, each.text());
            }
            draft.add(heading ? Kind.HEADING : Kind.PARAGRAPH, each.text(), each.page(), path);
        }
        return draft.finish(Math.max(total, lastPage));
    }

    private int usualSize() {
        return charactersBySize.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .map(Map.Entry::getKey)
                .orElse(0);
    }

    private static boolean isHeading(Paragraph each, int body) {
        return each.size() != UNKNOWN_SIZE
                && each.size() >= body * HEADING_SIZE
                && each.text().length() <= LONGEST_HEADING
                && each.text().chars().anyMatch(Character::isLetter);
    }

    private void refuseUnreadable() throws ParseFailure {
        if (paragraphs.isEmpty()) {
            throw new ParseFailure(ParseFailure.Code.NO_TEXT, withoutText());
        }
        if (unreadable > characters * MOST_UNREADABLE) {
            throw new ParseFailure(
                    ParseFailure.Code.ENCODING,
                    "The fonts of the PDF do not say which characters they show. Export it anew,"
                            + " or run text recognition (OCR) over it.");
        }
    }

    private String withoutText() {
        return ocr.isOn()
                ? "No page of the PDF holds text, and text recognition (OCR) found none either."
                        + " Upload a sharper copy, or ask whoever runs the server whether"
                        + " OCR_LANGUAGES names its language."
                : "No page of the PDF holds text; it seems to be a scan. " + ocr.advice();
    }

    private static boolean isUnreadable(int unit) {
        return unit == 0xFFFD
                || Character.getType(unit) == Character.PRIVATE_USE
                || (Character.isISOControl(unit) && !Character.isWhitespace(unit));
    }

    private ParseFailure tooManyPages() {
        return tooManyPages("pages", limits.pages());
    }

    private static ParseFailure tooManyPages(String what, int most) {
        return new ParseFailure(
                ParseFailure.Code.LIMIT,
                "The PDF has more than " + most + " " + what + ". Split it into several files.");
    }
}
