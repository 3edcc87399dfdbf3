package dev.ibid.extraction;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;

import javax.xml.stream.XMLStreamException;

/**
 * Reads the text of a Word document from its parts as a stream: the body, footnotes and endnotes.
 * Everything else in the archive - macros, embedded files, pictures, comments, headers - is never
 * opened, so nothing nested in it can be unpacked.
 */
final class DocxExtractor implements Extractor {

    /** Word wraps a document with a password in the container of its old formats (OLE2). */
    private static final byte[] OLE2 = HexFormat.of().parseHex("d0cf11e0a1b11ae1");

    /** Opens the codes of what Java's own limits on XML (depth, attributes, names) refuse. */
    private static final String LIMIT_OF_JAVA = "JAXP0001";

    @Override
    public ExtractedText extract(Path file, OutputLimits limits, ParseProgress progress)
            throws IOException, ParseFailure {
        refuseEncrypted(file);
        try (DocxPackage parts = new DocxPackage(file)) {
            return read(parts, limits, progress);
        } catch (XMLStreamException | IllegalArgumentException e) {
            if (isExceeded(e)) {
                throw ParseFailure.tooExpansive();
            }
            if (String.valueOf(e.getMessage()).contains(LIMIT_OF_JAVA)) {
                throw ParseFailure.tooNested();
            }
            throw new IOException("XML of the document", e);
        }
    }

    /** The reader of XML wraps what the stream below it throws, not always as the cause. */
    private static boolean isExceeded(@Nullable Throwable e) {
        return switch (e) {
            case null -> false;
            case InflatedStream.Exceeded _ -> true;
            case XMLStreamException xml when xml.getNestedException() != null ->
                    isExceeded(xml.getNestedException());
            default -> isExceeded(e.getCause());
        };
    }

    private static ExtractedText read(DocxPackage parts, OutputLimits limits, ParseProgress told)
            throws IOException, ParseFailure, XMLStreamException {
        TextDraft draft = new TextDraft(limits.characters());
        DocxStyles styles = DocxStyles.read(parts);
        new DocxBody(draft, styles, told).read(parts, parts.body());
        for (String notes : parts.notes()) {
            new DocxBody(draft, styles, told).read(parts, notes);
        }
        if (draft.isEmpty()) {
            throw new ParseFailure(
                    ParseFailure.Code.NO_TEXT,
                    "There is no text in the document. If it holds pictures of text, run text"
                            + " recognition (OCR) over it and upload the result.");
        }
        told.read(draft.blocks(), draft.blocks());
        return draft.finish(null);
    }

    private static void refuseEncrypted(Path file) throws IOException, ParseFailure {
        try (InputStream in = Files.newInputStream(file)) {
            if (Arrays.equals(in.readNBytes(OLE2.length), OLE2)) {
                throw new ParseFailure(
                        ParseFailure.Code.ENCRYPTED,
                        "The document is protected by a password, or of a Word version before"
                                + " 2007. Save it as docx without a password and upload that.");
            }
        }
    }
}
