package dev.ibid.testing;

import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.encryption.AccessPermission;
import org.apache.pdfbox.pdmodel.encryption.StandardProtectionPolicy;
import org.apache.pdfbox.pdmodel.font.PDType1Font;
import org.apache.pdfbox.pdmodel.font.Standard14Fonts;
import org.apache.pdfbox.pdmodel.graphics.image.LosslessFactory;
import org.apache.poi.poifs.crypt.EncryptionInfo;
import org.apache.poi.poifs.crypt.EncryptionMode;
import org.apache.poi.poifs.filesystem.POIFSFileSystem;
import org.apache.poi.util.DefaultTempFileCreationStrategy;
import org.apache.poi.util.TempFile;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

import javax.imageio.ImageIO;

/** Makes the files that tests upload, as the programs that people use make them. */
public final class SampleFiles {

    static {
        // POI's own folder in /tmp belongs to the first account of a machine that needs it.
        TempFile.setTempFileCreationStrategy(
                new DefaultTempFileCreationStrategy(Path.of("target", "poifiles").toFile()));
    }

    private static final float LEADING = 14;
    private static final float PARAGRAPH = 30;

    private SampleFiles() {}

    /**
     * A PDF with one page for each text. Lines are set as they are, an empty line starts a new
     * paragraph, a line that begins with {@code "# "} is a heading in large type.
     */
    public static byte[] pdf(String... pages) {
        return saved(documentOf(pages));
    }

    /** A PDF that asks for {@code userPassword} when it is opened; empty for one that does not. */
    public static byte[] encryptedPdf(String userPassword, String... pages) {
        return quietly(() -> {
            PDDocument document = documentOf(pages);
            StandardProtectionPolicy policy =
                    new StandardProtectionPolicy(
                            "the owner's", userPassword, new AccessPermission());
            policy.setEncryptionKeyLength(256);
            document.protect(policy);
            return saved(document);
        });
    }

    /** A PDF that only the holder of a certificate can open. */
    public static byte[] certifiedPdf(String... pages) {
        return quietly(() -> {
            PDDocument document = documentOf(pages);
            ProtectedPdf.protect(document);
            return saved(document);
        });
    }

    /** A PDF whose only page is a picture. */
    public static byte[] scannedPdf(int width, int height) {
        return quietly(() -> {
            PDDocument document = new PDDocument();
            PDPage page = new PDPage(PDRectangle.A4);
            document.addPage(page);
            BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_BINARY);
            try (PDPageContentStream content = new PDPageContentStream(document, page)) {
                content.drawImage(LosslessFactory.createFromImage(document, image), 0, 0, 500, 700);
            }
            return saved(document);
        });
    }

    public static byte[] blankPdf() {
        PDDocument document = new PDDocument();
        document.addPage(new PDPage());
        return saved(document);
    }

    /** A Word document; see {@link SampleDocx} for what the lines mean. */
    public static byte[] docx(String... lines) {
        return SampleDocx.of(lines);
    }

    public static byte[] encryptedDocx(String password, String... lines) {
        return quietly(() -> {
            try (POIFSFileSystem container = new POIFSFileSystem()) {
                var encryptor = new EncryptionInfo(EncryptionMode.agile).getEncryptor();
                encryptor.confirmPassword(password);
                try (var out = encryptor.getDataStream(container)) {
                    out.write(docx(lines));
                }
                ByteArrayOutputStream bytes = new ByteArrayOutputStream();
                container.writeFilesystem(bytes);
                return bytes.toByteArray();
            }
        });
    }

    /** The archive with one part replaced, or added, by these bytes. */
    public static byte[] withPart(byte[] archive, String part, byte[] content) {
        return quietly(() -> {
            Map<String, byte[]> parts = unzipped(archive);
            parts.put(part, content);
            return zipped(parts);
        });
    }

    /** A Word document whose body is {@code xml}, in the usual package. */
    public static byte[] docxWithBody(String xml) {
        String declaration =
                "<w:document"
                        + " xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\""
                        + " xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\">"
                        + "<w:body>";
        String document = declaration + xml + "</w:body></w:document>";
        return withPart(docx("x"), "word/document.xml", document.getBytes(StandardCharsets.UTF_8));
    }

    /** A Word document whose body part begins with {@code prolog} and says {@code content}. */
    public static byte[] withProlog(String prolog, String content) {
        String part =
                prolog
                        + "<w:document xmlns:w=\"http://schemas.openxmlformats.org/"
                        + "wordprocessingml/2006/main\"><w:body><w:p><w:r><w:t>"
                        + content
                        + "</w:t></w:r></w:p></w:body></w:document>";
        return withPart(docx("x"), "word/document.xml", part.getBytes(StandardCharsets.UTF_8));
    }

    public static byte[] xlsx() {
        return quietly(() -> {
            try (XSSFWorkbook book = new XSSFWorkbook()) {
                book.createSheet("s").createRow(0).createCell(0).setCellValue("cell");
                ByteArrayOutputStream bytes = new ByteArrayOutputStream();
                book.write(bytes);
                return bytes.toByteArray();
            }
        });
    }

    public static byte[] png() {
        return quietly(() -> {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            ImageIO.write(new BufferedImage(9, 9, 1), "png", bytes);
            return bytes.toByteArray();
        });
    }

    /** Opens a Windows program: the DOS header, the offset of the PE header, and the header. */
    public static byte[] exe() {
        byte[] bytes = new byte[512];
        bytes[0] = 'M';
        bytes[1] = 'Z';
        bytes[0x3C] = (byte) 0x80;
        bytes[0x80] = 'P';
        bytes[0x81] = 'E';
        return bytes;
    }

    /** An archive with one entry. */
    public static byte[] zip(String name, byte[] content) {
        return quietly(() -> zipped(Map.of(name, content)));
    }

    /** An archive of this many empty entries. */
    public static byte[] zipOf(int entries) {
        Map<String, byte[]> parts = new LinkedHashMap<>();
        for (int each = 0; each < entries; each++) {
            parts.put("word/" + each, new byte[0]);
        }
        return quietly(() -> zipped(parts));
    }

    /**
     * A small PDF whose second page draws a form that draws a form ... {@code depth} deep, each ten
     * times: 10^depth drawings.
     */
    public static byte[] formBombPdf(int depth) {
        return PdfBombs.forms(depth);
    }

    static PDDocument documentOf(String... pages) {
        PDDocument document = new PDDocument();
        quietly(() -> {
            for (String page : pages) {
                write(document, page);
            }
            return new byte[0];
        });
        return document;
    }

    private static void write(PDDocument document, String text) throws IOException {
        PDPage page = new PDPage(PDRectangle.A4);
        document.addPage(page);
        try (PDPageContentStream content = new PDPageContentStream(document, page)) {
            content.beginText();
            content.newLineAtOffset(50, 780);
            for (String line : text.split("\n")) {
                boolean heading = line.startsWith("# ");
                content.setFont(
                        new PDType1Font(Standard14Fonts.FontName.HELVETICA), heading ? 20 : 11);
                content.newLineAtOffset(0, line.isEmpty() || heading ? -PARAGRAPH : -LEADING);
                content.showText(heading ? line.substring(2) : line);
            }
            content.endText();
        }
    }

    static byte[] saved(PDDocument document) {
        return quietly(() -> {
            try (document) {
                ByteArrayOutputStream bytes = new ByteArrayOutputStream();
                document.save(bytes);
                return bytes.toByteArray();
            }
        });
    }

    private static Map<String, byte[]> unzipped(byte[] archive) throws IOException {
        Map<String, byte[]> parts = new LinkedHashMap<>();
        try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(archive))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                parts.put(entry.getName(), in.readAllBytes());
            }
        }
        return parts;
    }

    private static byte[] zipped(Map<String, byte[]> parts) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream out = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, byte[]> part : parts.entrySet()) {
                out.putNextEntry(new ZipEntry(part.getKey()));
                out.write(part.getValue());
            }
        }
        return bytes.toByteArray();
    }

    @FunctionalInterface
    interface Making {
        byte[] make() throws Exception;
    }

    static byte[] quietly(Making making) {
        try {
            return making.make();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
