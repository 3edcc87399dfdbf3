package dev.ibid.testing;

import org.apache.poi.xwpf.usermodel.XWPFAbstractNum;
import org.apache.poi.xwpf.usermodel.XWPFDocument;
import org.apache.poi.xwpf.usermodel.XWPFParagraph;
import org.apache.poi.xwpf.usermodel.XWPFStyle;
import org.apache.poi.xwpf.usermodel.XWPFTable;
import org.apache.poi.xwpf.usermodel.XWPFTableRow;
import org.openxmlformats.schemas.wordprocessingml.x2006.main.CTAbstractNum;
import org.openxmlformats.schemas.wordprocessingml.x2006.main.CTStyle;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;

/**
 * A Word document from lines: {@code "# x"} and {@code "## x"} are headings, {@code "- x"} a list
 * item, {@code "a | b"} a row of a table with the rows beside it; the rest are paragraphs.
 */
final class SampleDocx {

    private final XWPFDocument document = new XWPFDocument();
    private final BigInteger list;
    private XWPFTable table;

    private SampleDocx() {
        for (int level = 1; level <= 3; level++) {
            addHeadingStyle(level);
        }
        CTAbstractNum bullets = CTAbstractNum.Factory.newInstance();
        bullets.setAbstractNumId(BigInteger.ZERO);
        BigInteger id = document.createNumbering().addAbstractNum(new XWPFAbstractNum(bullets));
        list = document.createNumbering().addNum(id);
    }

    static byte[] of(String... lines) {
        return SampleFiles.quietly(() -> new SampleDocx().with(lines));
    }

    private byte[] with(String... lines) throws IOException {
        for (String line : lines) {
            add(line);
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        document.write(bytes);
        document.close();
        return bytes.toByteArray();
    }

    private void add(String line) {
        if (line.contains(" | ")) {
            addRow(line.split(" \\| "));
            return;
        }
        table = null;
        XWPFParagraph paragraph = document.createParagraph();
        int level = line.startsWith("#") ? line.indexOf(' ') : 0;
        boolean item = line.startsWith("- ");
        if (level > 0) {
            paragraph.setStyle("berschrift" + level);
        } else if (item) {
            paragraph.setNumID(list);
        }
        paragraph.createRun().setText(line.substring(level > 0 ? level + 1 : item ? 2 : 0));
    }

    private void addRow(String... cells) {
        XWPFTableRow row;
        if (table == null) {
            table = document.createTable(1, cells.length);
            row = table.getRow(0);
        } else {
            row = table.createRow();
        }
        for (int at = 0; at < cells.length; at++) {
            row.getCell(at).setText(cells[at]);
        }
    }

    /** As German Word writes it: an id of its language, the English name that Word knows. */
    private void addHeadingStyle(int level) {
        CTStyle style = CTStyle.Factory.newInstance();
        style.setStyleId("berschrift" + level);
        style.addNewName().setVal("heading " + level);
        document.createStyles().addStyle(new XWPFStyle(style));
    }
}
