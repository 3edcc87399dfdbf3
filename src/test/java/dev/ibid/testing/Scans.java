package dev.ibid.testing;

import org.apache.pdfbox.io.RandomAccessReadBuffer;
import org.apache.pdfbox.multipdf.PDFMergerUtility;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.graphics.image.LosslessFactory;
import org.apache.pdfbox.rendering.ImageType;
import org.apache.pdfbox.rendering.PDFRenderer;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;

/** Makes PDFs whose pages are pictures of words. */
public final class Scans {

    private Scans() {}

    /**
     * A PDF as a scanner makes it: pictures of pages that look as those of {@link SampleFiles#pdf}.
     */
    public static byte[] of(String... pages) {
        return SampleFiles.quietly(() -> {
            PDDocument scan = new PDDocument();
            try (PDDocument original = SampleFiles.documentOf(pages)) {
                PDFRenderer renderer = new PDFRenderer(original);
                for (int page = 0; page < pages.length; page++) {
                    addPicture(scan, renderer.renderImageWithDPI(page, 150, ImageType.GRAY));
                }
            }
            return SampleFiles.saved(scan);
        });
    }

    private static void addPicture(PDDocument scan, BufferedImage picture) throws IOException {
        PDPage page = new PDPage(PDRectangle.A4);
        scan.addPage(page);
        try (PDPageContentStream content = new PDPageContentStream(scan, page)) {
            content.drawImage(
                    LosslessFactory.createFromImage(scan, picture),
                    0,
                    0,
                    PDRectangle.A4.getWidth(),
                    PDRectangle.A4.getHeight());
        }
    }

    /** All pages of these PDFs in one. */
    public static byte[] joined(byte[]... pdfs) {
        return SampleFiles.quietly(() -> {
            PDFMergerUtility merger = new PDFMergerUtility();
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            for (byte[] pdf : pdfs) {
                merger.addSource(new RandomAccessReadBuffer(pdf));
            }
            merger.setDestinationStream(out);
            merger.mergeDocuments(null);
            return out.toByteArray();
        });
    }
}
