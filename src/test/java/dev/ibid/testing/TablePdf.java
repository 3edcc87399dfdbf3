package dev.ibid.testing;

import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.pdmodel.font.PDType1Font;
import org.apache.pdfbox.pdmodel.font.Standard14Fonts;

import java.io.IOException;

/** A PDF of one ruled table, its cells drawn row by row as office programs do. */
public final class TablePdf {

    private static final float LEFT = 50;
    private static final float TOP = 780;
    private static final float HEIGHT = 30;
    private static final float LEADING = 12;
    private static final float SIZE = 10;

    private TablePdf() {}

    /**
     * @param width of each column, in points
     * @param rows cells of lines that are parted by line feeds
     */
    public static byte[] of(float width, String[]... rows) {
        return SampleFiles.quietly(() -> {
            PDDocument document = new PDDocument();
            PDPage page = new PDPage(PDRectangle.A4);
            document.addPage(page);
            try (PDPageContentStream content = new PDPageContentStream(document, page)) {
                for (int row = 0; row < rows.length; row++) {
                    for (int column = 0; column < rows[row].length; column++) {
                        draw(
                                content,
                                LEFT + column * width,
                                TOP - row * HEIGHT,
                                width,
                                rows[row][column]);
                    }
                }
            }
            return SampleFiles.saved(document);
        });
    }

    private static void draw(
            PDPageContentStream content, float x, float y, float width, String cell)
            throws IOException {
        content.addRect(x, y - HEIGHT, width, HEIGHT);
        content.stroke();
        PDFont font = new PDType1Font(Standard14Fonts.FontName.HELVETICA);
        String[] lines = cell.split("\n");
        for (int line = 0; line < lines.length; line++) {
            content.beginText();
            content.setFont(font, SIZE);
            content.newLineAtOffset(x + 2, y - SIZE - line * LEADING);
            content.showText(lines[line]);
            content.endText();
        }
    }
}
