package dev.ibid.extraction;

import org.apache.pdfbox.Loader;
import org.apache.pdfbox.io.IOUtils;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.encryption.InvalidPasswordException;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Reads the text that a PDF's pages show, in the order of its content streams. Pages without text
 * are recognised where that is set up, and only then are images decoded; forms (XFA), scripts,
 * attachments, annotations and metadata are never looked at. A file that only its owner's password
 * protects opens for every reader, and is read here as well.
 */
final class PdfExtractor implements Extractor {

    /** Readers look for the end mark in the last kilobyte; some writers add a little after it. */
    private static final int END_MARK_WITHIN = 4096;

    private final Ocr ocr;

    PdfExtractor(Ocr ocr) {
        this.ocr = ocr;
    }

    @Override
    public ExtractedText extract(Path file, OutputLimits limits, ParseProgress progress)
            throws IOException, ParseFailure {
        refuseCutOff(file);
        try (PDDocument document = open(file)) {
            PdfPages pages = new PdfPages(document, limits, ocr, progress);
            return pages.read();
        }
    }

    private static PDDocument open(Path file) throws IOException, ParseFailure {
        try {
            return Loader.loadPDF(file.toFile(), IOUtils.createMemoryOnlyStreamCache());
        } catch (InvalidPasswordException locked) {
            throw encrypted(locked);
        } catch (IOException e) {
            if (speaksOfEncryption(e)) {
                throw encrypted(e);
            }
            throw e;
        }
    }

    /**
     * PDFBox repairs a file without an end by reading what is there. Half a document must not pass
     * for a whole one.
     */
    private static void refuseCutOff(Path file) throws IOException, ParseFailure {
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "r")) {
            int length = (int) Math.min(bytes.length(), END_MARK_WITHIN);
            byte[] tail = new byte[length];
            bytes.seek(bytes.length() - length);
            bytes.readFully(tail);
            if (!new String(tail, StandardCharsets.ISO_8859_1).contains("%%EOF")) {
                throw new ParseFailure(
                        ParseFailure.Code.CORRUPT,
                        "The PDF ends before its end mark, as if it had been cut off. Upload the"
                                + " whole file.");
            }
        }
    }

    /** Public-key and unknown security handlers fail with plain exceptions. */
    private static boolean speaksOfEncryption(IOException e) {
        String message = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
        return message.contains("decryption material") || message.contains("security handler");
    }

    private static ParseFailure encrypted(IOException cause) {
        return new ParseFailure(
                ParseFailure.Code.ENCRYPTED,
                "The PDF is protected by a password or a certificate. Save a copy without"
                        + " protection and upload that.",
                cause);
    }
}
