package dev.ibid.testing;

import dev.ibid.documents.FileType;
import dev.ibid.testing.Person.Upload;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

/** Files that are empty, cut off, in disguise, locked, made to harm, or hard to read. */
public final class BadFiles {

    private static final String RUSSIAN =
            "Вчера в маленьком магазине у вокзала я увидел старую гитару. Стоила она недорого. ";
    private static final String JAPANESE = "昨日、駅前の小さな楽器店で中古のギターを見つけました。値段は三万円です。";

    private final Map<String, Upload> files = new LinkedHashMap<>();

    private BadFiles() {}

    /** By what each is. */
    public static Map<String, Upload> all() {
        BadFiles all = new BadFiles();
        all.empty();
        all.cutOff();
        all.disguised();
        all.locked();
        all.withoutText();
        all.bombs();
        all.withContraband();
        all.tables();
        all.encodings();
        return all.files;
    }

    private void empty() {
        add("no bytes", "x.txt", new byte[0]);
        add("one byte", "x.txt", "x");
        add("white space only", "x.txt", " \n\t\r\n ");
        add("a byte order mark only", "x.txt", "\uFEFF");
        add("white space only, in a CSV", "x.csv", "\n \n");
        add("white space only, as a PDF", "x.pdf", " \n");
    }

    private void cutOff() {
        byte[] pdf = SampleFiles.pdf("Some text.", "More text.", "The end.");
        byte[] docx = SampleFiles.docx("# Title", "Text.", "a | b", "c | d");
        for (int eighths = 1; eighths < 8; eighths++) {
            String part = eighths + "/8 of a ";
            add(part + "PDF", "x.pdf", Arrays.copyOf(pdf, pdf.length * eighths / 8));
            add(part + "Word document", "x.docx", Arrays.copyOf(docx, docx.length * eighths / 8));
        }
    }

    private void disguised() {
        byte[] pdf = SampleFiles.pdf("Text.");
        byte[] zip = SampleFiles.zip("a.txt", new byte[9]);
        add("a PDF and a ZIP, as PDF", "x.pdf", joined(pdf, zip));
        add("a PDF and a ZIP, as Word", "x.docx", joined(pdf, zip));
        add("a web page and a PDF, as PDF", "x.pdf", joined("<html>\n".getBytes(), pdf));
        add("a web page and a PDF, as text", "x.txt", joined("<html>\n".getBytes(), pdf));
        add("a program and a PDF, as PDF", "x.pdf", joined(SampleFiles.exe(), pdf));
        add("a ZIP and a PDF, as PDF", "x.pdf", joined(zip, pdf));
        add("a gzip, as text", "x.txt", gzip());
        add("a ZIP of ZIPs, as Word", "x.docx", SampleFiles.zip("0.zip", zip));
        add("a spreadsheet, as Word", "x.docx", SampleFiles.xlsx());
        add("an executable, as PDF", "x.pdf", SampleFiles.exe());
    }

    private void locked() {
        add("a PDF with a password", "x.pdf", SampleFiles.encryptedPdf("secret", "Hidden."));
        add(
                "a PDF with an owner's password",
                "x.pdf",
                SampleFiles.encryptedPdf("", "Open to all."));
        add("a PDF for one certificate", "x.pdf", SampleFiles.certifiedPdf("Hidden."));
        add("a Word document with a password", "x.docx", SampleFiles.encryptedDocx("x", "Hidden."));
    }

    private void withoutText() {
        add("a scan", "x.pdf", SampleFiles.scannedPdf(100, 100));
        add("a blank page", "x.pdf", SampleFiles.blankPdf());
        add(
                "a Word document of one picture",
                "x.docx",
                SampleFiles.withPart(
                        SampleFiles.docx(""), "word/media/image1.png", SampleFiles.png()));
    }

    private void bombs() {
        add("archives 12 deep, embedded", "x.docx", ZipBombs.nested(12));
        add("a Word document within itself", "x.docx", ZipBombs.selfEmbedding());
        add("overlapping entries", "x.docx", ZipBombs.overlapping(5_000));
        add("zeros in a part", "x.docx", zeros("word/media/zeros.bin", 120));
        add("zeros in the body", "x.docx", zeros("word/document.xml", 80));
        add("a table of contents of 90 MiB", "x.docx", zeros("[Content_Types].xml", 90));
        add("100,000 entries", "x.docx", SampleFiles.zipOf(100_000));
        add("a billion laughs", "x.docx", SampleFiles.withProlog(laughs(), "&e9;"));
        add("a page of 300 MiB", "x.pdf", PdfBombs.flate(300));
        add("a stream of objects of 300 MiB", "x.pdf", PdfBombs.objectStream(300));
        add("a picture of 144 megapixels", "x.pdf", SampleFiles.scannedPdf(12_000, 12_000));
        add("200,000 pages", "x.pdf", PdfBombs.manyPages(200_000));
        add("pages that contain themselves", "x.pdf", PdfBombs.kidsLoop());
        add("bookmarks 50,000 deep", "x.pdf", PdfBombs.outlines(50_000));
        add("a form that draws itself", "x.pdf", PdfBombs.recursiveForm());
    }

    private void withContraband() {
        byte[] docx = SampleFiles.docx("Text.");
        add("macros", "x.docx", SampleFiles.withPart(docx, "word/vbaProject.bin", new byte[99]));
        add(
                "a program within",
                "x.docx",
                SampleFiles.withPart(docx, "word/embeddings/oleObject1.bin", SampleFiles.exe()));
        add("a script and a start of a program", "x.pdf", PdfBombs.actions());
        add("raw HTML and scripts", "x.md", "<script>alert(1)</script> [x](javascript:alert(1))");
    }

    private void tables() {
        add("a quote that is never closed", "x.csv", "a,b\n1,\"open\n2,x\n");
        add("ragged rows and a NUL", "x.csv", "a,b,c and more words\n1\n1,2,3,4\n\0,5,6\n");
        add("a formula", "x.csv", "a,b\n=HYPERLINK(\"http://127.0.0.1/\"),2\n");
        add("semicolons and line feeds in quotes", "x.csv", "a;b\n1;\"two\nlines\"\n");
        add("3,000 columns", "x.csv", "a," + ",".repeat(3_000) + "\n1,2\n");
    }

    private void encodings() {
        for (String charset : new String[] {"UTF-16LE", "UTF-16BE", "UTF-32LE", "windows-1251"}) {
            add("Russian in " + charset, "x.txt", in(charset, RUSSIAN.repeat(3)));
        }
        add("Russian in KOI8-R", "x.txt", in("KOI8-R", RUSSIAN.repeat(3)));
        add("Russian in cp866", "x.txt", in("IBM866", RUSSIAN.repeat(3)));
        for (String charset : new String[] {"Shift_JIS", "EUC-JP", "ISO-2022-JP"}) {
            add("Japanese in " + charset, "x.txt", in(charset, JAPANESE.repeat(3)));
        }
        add("English in EBCDIC", "x.txt", in("IBM037", "The quick brown fox. ".repeat(9)));
        byte[] broken = RUSSIAN.getBytes(StandardCharsets.UTF_8);
        broken[21] = (byte) 0xFF;
        add("UTF-8 that is damaged", "x.txt", broken);
    }

    private void add(String what, String name, String text) {
        add(what, name, text.getBytes(StandardCharsets.UTF_8));
    }

    private void add(String what, String name, byte[] content) {
        String type = FileType.ofName(name).orElseThrow().mediaType();
        files.put(what, new Upload(name, type, content));
    }

    private static byte[] zeros(String part, int megabytes) {
        return SampleFiles.withPart(SampleFiles.docx("Text."), part, new byte[megabytes << 20]);
    }

    /** Each entity is ten of the one before. */
    public static String laughs() {
        StringBuilder prolog = new StringBuilder("<!DOCTYPE x [<!ENTITY e0 'ha'>");
        for (int level = 1; level < 10; level++) {
            String ten = ("&e" + (level - 1) + ";").repeat(10);
            prolog.append("<!ENTITY e").append(level).append(" '").append(ten).append("'>");
        }
        return prolog.append("]>").toString();
    }

    private static byte[] gzip() {
        return SampleFiles.quietly(() -> {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
                out.write("Text.".getBytes(StandardCharsets.UTF_8));
            }
            return bytes.toByteArray();
        });
    }

    private static byte[] in(String charset, String text) {
        return text.getBytes(Charset.forName(charset));
    }

    private static byte[] joined(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }
}
