package dev.ibid.extraction;

import dev.ibid.extraction.ExtractedText.Kind;

import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.text.PDFTextStripper;
import org.apache.pdfbox.text.TextPosition;

import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Collects the paragraphs of all pages in one pass, and tells headings by the size of their type.
 */
final class PdfPages extends PDFTextStripper {

    /** A heading is set at least this much larger than most of the text, and is short. */
    private static final double HEADING_SIZE = 1.15;

    private static final int LONGEST_HEADING = 120;

    /** Above this share of unmapped characters the fonts do not say what they show. */
    private static final double MOST_UNREADABLE = 0.3;

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
    private final ParseProgress progress;
    private final int total;
    private final List<Paragraph> paragraphs = new ArrayList<>();
    private final Map<Integer, Integer> charactersBySize = new HashMap<>();
    private final StringBuilder paragraph = new StringBuilder();
    private int size;
    private int lastPage;
    private int characters;
    private int unreadable;

    PdfPages(PDDocument source, OutputLimits limits, ParseProgress progress) {
        this.source = source;
        this.limits = limits;
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
        progress.read(lastPage, Math.max(total, lastPage));
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
        return each.size() >= body * HEADING_SIZE
                && each.text().length() <= LONGEST_HEADING
                && each.text().chars().anyMatch(Character::isLetter);
    }

    private void refuseUnreadable() throws ParseFailure {
        if (paragraphs.isEmpty()) {
            throw new ParseFailure(
                    ParseFailure.Code.NO_TEXT,
                    "No page of the PDF holds text; it seems to be a scan. Run text recognition"
                            + " (OCR) over it and upload the result.");
        }
        if (unreadable > characters * MOST_UNREADABLE) {
            throw new ParseFailure(
                    ParseFailure.Code.ENCODING,
                    "The fonts of the PDF do not say which characters they show. Export it anew,"
                            + " or run text recognition (OCR) over it.");
        }
    }

    private static boolean isUnreadable(int unit) {
        return unit == 0xFFFD
                || Character.getType(unit) == Character.PRIVATE_USE
                || (Character.isISOControl(unit) && !Character.isWhitespace(unit));
    }

    private ParseFailure tooManyPages() {
        return new ParseFailure(
                ParseFailure.Code.LIMIT,
                "The PDF has more than " + limits.pages() + " pages. Split it into several files.");
    }
}
