package dev.ibid.extraction;

import dev.ibid.extraction.ExtractedText.Kind;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;

import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Reads the paragraphs and tables of one part in reading order. Deleted and moved-away text, hidden
 * runs, field codes and the second form of alternative content are left out: a reader of the page
 * does not see them.
 */
final class DocxBody {

    private static final Set<String> ROOTS = Set.of("document", "footnotes", "endnotes");
    private static final int DEEPEST = 500;
    private static final int TOLD_EVERY = 500;

    private static final class Paragraph {
        private final StringBuilder text = new StringBuilder();
        private @Nullable String style;
        private int outline;
        private boolean listed;
        private boolean hidden;
        private boolean inRun;
    }

    private final TextDraft draft;
    private final DocxStyles styles;
    private final ParseProgress progress;
    private final HeadingPath path = new HeadingPath();
    private final Deque<Paragraph> paragraphs = new ArrayDeque<>();
    private final DocxTable table;
    private int depth;

    DocxBody(TextDraft draft, DocxStyles styles, ParseProgress progress) {
        this.draft = draft;
        this.styles = styles;
        this.progress = progress;
        this.table = new DocxTable(draft, path);
    }

    void read(DocxPackage parts, String part) throws IOException, ParseFailure, XMLStreamException {
        XMLStreamReader xml = parts.open(part);
        xml.nextTag();
        if (!ROOTS.contains(xml.getLocalName())) {
            throw new IOException("not a part of a Word document");
        }
        while (xml.hasNext()) {
            switch (xml.next()) {
                case XMLStreamConstants.START_ELEMENT -> enter(xml);
                case XMLStreamConstants.END_ELEMENT -> leave(xml.getLocalName());
                default -> {}
            }
        }
    }

    private void enter(XMLStreamReader xml) throws XMLStreamException, ParseFailure {
        if (++depth > DEEPEST) {
            throw ParseFailure.tooNested();
        }
        switch (xml.getLocalName()) {
            case "del", "moveFrom", "Fallback", "instrText" -> skip(xml);
            case "p" -> paragraphs.push(new Paragraph());
            case "tbl" -> table.enter();
            case "tblHeader" -> table.markHeader();
            default -> enterWithin(xml);
        }
    }

    private void enterWithin(XMLStreamReader xml) throws XMLStreamException {
        Paragraph paragraph = paragraphs.peek();
        if (paragraph == null) {
            return;
        }
        String value = attribute(xml, "val");
        switch (xml.getLocalName()) {
            case "pStyle" -> paragraph.style = value;
            case "outlineLvl" -> paragraph.outline = outlineLevel(value);
            case "numPr" -> paragraph.listed = true;
            case "r" -> {
                paragraph.inRun = true;
                paragraph.hidden = false;
            }
            case "vanish", "webHidden" -> paragraph.hidden |= paragraph.inRun && isOn(value);
            case "t" -> text(xml, paragraph);
            case "tab" -> append(paragraph, paragraph.inRun ? "\t" : "");
            case "br", "cr" -> append(paragraph, "\n");
            case "noBreakHyphen" -> append(paragraph, "-");
            default -> {}
        }
    }

    private void leave(String name) throws ParseFailure {
        depth--;
        Paragraph paragraph = paragraphs.peek();
        switch (name) {
            case "p" -> leaveParagraph();
            case "r" -> {
                if (paragraph != null) {
                    paragraph.inRun = false;
                }
            }
            case "tc" -> table.leaveCell();
            case "tr" -> table.leaveRow();
            case "tbl" -> table.leave();
            default -> {}
        }
    }

    private void leaveParagraph() throws ParseFailure {
        Paragraph paragraph = paragraphs.pop();
        String text = paragraph.text.toString();
        if (text.isBlank()) {
            return;
        }
        if (table.isOpen()) {
            table.add(text);
        } else {
            add(paragraph, text);
        }
        if (draft.blocks() % TOLD_EVERY == 0) {
            progress.read(draft.blocks(), 0);
        }
    }

    private void add(Paragraph paragraph, String text) throws ParseFailure {
        int level =
                paragraph.outline > 0 ? paragraph.outline : styles.headingLevel(paragraph.style);
        if (level > 0) {
            path.enter(level, text);
            draft.add(Kind.HEADING, text, null, path);
        } else {
            draft.add(paragraph.listed ? Kind.LIST_ITEM : Kind.PARAGRAPH, text, null, path);
        }
    }

    private void text(XMLStreamReader xml, Paragraph paragraph) throws XMLStreamException {
        String text = xml.getElementText();
        depth--;
        append(paragraph, text);
    }

    private static void append(Paragraph paragraph, String text) {
        if (!paragraph.hidden) {
            paragraph.text.append(text);
        }
    }

    private void skip(XMLStreamReader xml) throws XMLStreamException, ParseFailure {
        for (int level = 1; level > 0; ) {
            int event = xml.next();
            level += event == XMLStreamConstants.START_ELEMENT ? 1 : 0;
            level -= event == XMLStreamConstants.END_ELEMENT ? 1 : 0;
            if (level > DEEPEST) {
                throw ParseFailure.tooNested();
            }
        }
        depth--;
    }

    /** The attribute of this local name: strict and transitional documents differ in namespace. */
    static @Nullable String attribute(XMLStreamReader xml, String name) {
        for (int at = 0; at < xml.getAttributeCount(); at++) {
            if (xml.getAttributeLocalName(at).equals(name)) {
                return xml.getAttributeValue(at);
            }
        }
        return null;
    }

    /** Outline levels count from 0; 9 means body text, here 0. */
    static int outlineLevel(@Nullable String value) {
        boolean valid = value != null && value.matches("[0-8]");
        return valid ? Integer.parseInt(String.valueOf(value)) + 1 : 0;
    }

    private static boolean isOn(@Nullable String value) {
        return !("0".equals(value) || "false".equals(value) || "off".equals(value));
    }
}
