package dev.ibid.extraction;

import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.rendering.ImageType;
import org.apache.pdfbox.rendering.PDFRenderer;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Draws pages as pictures and has them recognised. */
final class ScannedPages {

    /** What recognisers are made for; large sheets get less, to keep to the number of pixels. */
    private static final double DOTS_PER_INCH = 300;

    private static final double POINTS_PER_INCH = 72;
    private static final double MOST_PIXELS = 12e6;

    private final PDDocument source;
    private final PDFRenderer renderer;
    private final Tesseract tesseract;

    ScannedPages(PDDocument source, Ocr ocr) {
        this.source = source;
        this.renderer = new PDFRenderer(source);
        this.tesseract = new Tesseract(ocr);
        renderer.setSubsamplingAllowed(true);
    }

    /** The paragraphs of a page, counted from 1. */
    List<String> read(int page) throws IOException, ParseFailure {
        double scale = scale(source.getPage(page - 1).getCropBox());
        BufferedImage image = renderer.renderImage(page - 1, (float) scale, ImageType.GRAY);
        Path picture = Files.createTempFile("page", ".pgm");
        try {
            write(image, picture);
            image.flush();
            String text = tesseract.read(picture, page, (int) (scale * POINTS_PER_INCH));
            return Stream.of(text.split("\n\\s*\n|\f")).map(String::strip).toList();
        } finally {
            Files.deleteIfExists(picture);
        }
    }

    private static double scale(PDRectangle sheet) {
        double usual = DOTS_PER_INCH / POINTS_PER_INCH;
        double area = Math.max(1, (double) sheet.getWidth() * sheet.getHeight());
        return Math.min(usual, Math.sqrt(MOST_PIXELS / area));
    }

    /** As a portable graymap: a line of sizes, then a byte for each pixel. */
    private static void write(BufferedImage image, Path picture) throws IOException {
        String head = "P5\n" + image.getWidth() + " " + image.getHeight() + "\n255\n";
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(picture))) {
            out.write(head.getBytes(StandardCharsets.US_ASCII));
            out.write(((DataBufferByte) image.getRaster().getDataBuffer()).getData());
        }
    }
}
