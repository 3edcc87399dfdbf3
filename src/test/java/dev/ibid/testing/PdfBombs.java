package dev.ibid.testing;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;

/** Hand-made PDFs that cost their reader far more than their size. */
public final class PdfBombs {

    private PdfBombs() {}

    /**
     * After an ordinary page, one of forms that draw forms, {@code depth} deep and ten times each.
     */
    static byte[] forms(int depth) {
        List<byte[]> objects = frame("<< >>", "q Q".getBytes());
        objects.set(1, text("<< /Type /Pages /Count 2 /Kids [3 0 R 5 0 R] >>"));
        objects.add(page(6, "<< /XObject << /F 7 0 R >> >>"));
        objects.add(stream("", "/F Do".getBytes()));
        for (int level = 1; level <= depth; level++) {
            boolean last = level == depth;
            String resources =
                    last ? "" : "/Resources << /XObject << /F " + (7 + level) + " 0 R >> >>";
            byte[] content = (last ? "q Q" : "/F Do ".repeat(10)).getBytes();
            objects.add(
                    stream("/Type /XObject /Subtype /Form /BBox [0 0 9 9] " + resources, content));
        }
        return file(objects);
    }

    /** A page whose content inflates to {@code megabytes} of numbers in one array. */
    public static byte[] flate(int megabytes) {
        byte[] packed = deflated("[", megabytes);
        List<byte[]> objects = frame("<< >>", new byte[0]);
        objects.set(3, stream("/Filter /FlateDecode", packed));
        return file(objects);
    }

    /** A form that draws itself. */
    public static byte[] recursiveForm() {
        List<byte[]> objects = frame("<< /XObject << /F 5 0 R >> >>", "/F Do".getBytes());
        objects.add(
                stream(
                        "/Type /XObject /Subtype /Form /BBox [0 0 9 9]"
                                + " /Resources << /XObject << /F 5 0 R >> >>",
                        "/F Do".getBytes()));
        return file(objects);
    }

    /** A page's resources stand in a stream of objects that inflates to {@code megabytes}. */
    public static byte[] objectStream(int megabytes) {
        List<byte[]> objects = frame("6 0 R", "q Q".getBytes());
        objects.add(
                stream(
                        "/Type /ObjStm /N 1 /First 4 /Filter /FlateDecode",
                        deflated("6 0 [", megabytes)));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream places = new ByteArrayOutputStream();
        places.writeBytes(place(0, 0));
        out.writeBytes(text("%PDF-1.7\n"));
        for (int at = 0; at < objects.size(); at++) {
            places.writeBytes(place(1, out.size()));
            out.writeBytes(text((at + 1) + " 0 obj\n"));
            out.writeBytes(objects.get(at));
            out.writeBytes(text("\nendobj\n"));
        }
        places.writeBytes(place(2, 5));
        places.writeBytes(place(1, out.size()));
        int start = out.size();
        out.writeBytes(text("7 0 obj\n"));
        out.writeBytes(stream("/Type /XRef /Size 8 /W [1 4 1] /Root 1 0 R", places.toByteArray()));
        out.writeBytes(text("\nendobj\nstartxref\n" + start + "\n%%EOF\n"));
        return out.toByteArray();
    }

    /** An entry of a cross-reference stream: 1 for an offset, 2 for a stream of objects. */
    private static byte[] place(int kind, int where) {
        return ByteBuffer.allocate(6).put((byte) kind).putInt(where).put((byte) 0).array();
    }

    /** An action that runs a script and one that starts a program when the file is opened. */
    public static byte[] actions() {
        List<byte[]> objects = frame("<< >>", "q Q".getBytes());
        objects.set(
                0,
                text(
                        "<< /Type /Catalog /Pages 2 0 R /OpenAction << /S /Launch /F (/bin/true)"
                                + " /Next << /S /JavaScript /JS (while\\(true\\){}) >> >> >>"));
        return file(objects);
    }

    /** Bookmarks within bookmarks, {@code depth} deep. */
    public static byte[] outlines(int depth) {
        List<byte[]> objects = frame("<< >>", "q Q".getBytes());
        objects.set(0, text("<< /Type /Catalog /Pages 2 0 R /Outlines 5 0 R >>"));
        for (int level = 0; level < depth; level++) {
            String next = (6 + level) + " 0 R";
            objects.add(text("<< /Title (x) /First " + next + " /Last " + next + " /Count 1 >>"));
        }
        objects.add(text("<< /Title (x) >>"));
        return file(objects);
    }

    /** Arrays within arrays, {@code depth} deep, in a page's resources. */
    public static byte[] arrays(int depth) {
        return file(frame("<< /X " + "[".repeat(depth) + "]".repeat(depth) + " >>", new byte[0]));
    }

    /** A form (XFA) whose XML refers to {@code url}. */
    public static byte[] xfa(String url) {
        String xml =
                "<!DOCTYPE x [<!ENTITY e SYSTEM \""
                        + url
                        + "\"><!ENTITY % p SYSTEM \""
                        + url
                        + "\">%p;]><xdp:xdp xmlns:xdp=\"http://ns.adobe.com/xdp/\">&e;</xdp:xdp>";
        List<byte[]> objects = frame("<< >>", "q Q".getBytes());
        objects.set(
                0,
                text(
                        "<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [] /XFA 5 0 R >>"
                                + " /OpenAction << /S /URI /URI ("
                                + url
                                + ") >> >>"));
        objects.add(stream("", xml.getBytes(StandardCharsets.UTF_8)));
        return file(objects);
    }

    /** A tree of pages in which a node is its own child. */
    public static byte[] kidsLoop() {
        List<byte[]> objects = frame("<< >>", "q Q".getBytes());
        objects.set(1, text("<< /Type /Pages /Count 9 /Kids [3 0 R 2 0 R] >>"));
        return file(objects);
    }

    /** A tree that claims, and by repetition has, very many pages. */
    public static byte[] manyPages(int pages) {
        List<byte[]> objects = frame("<< >>", "q Q".getBytes());
        objects.set(
                1,
                text(
                        "<< /Type /Pages /Count "
                                + pages
                                + " /Kids ["
                                + "3 0 R ".repeat(Math.min(pages, 200_000))
                                + "] >>"));
        return file(objects);
    }

    /** Catalog, pages, page and content: objects 1 to 4. */
    private static List<byte[]> frame(String resources, byte[] content) {
        List<byte[]> objects = new ArrayList<>();
        objects.add(text("<< /Type /Catalog /Pages 2 0 R >>"));
        objects.add(text("<< /Type /Pages /Count 1 /Kids [3 0 R] >>"));
        objects.add(page(4, resources));
        objects.add(stream("", content));
        return objects;
    }

    private static byte[] page(int contents, String resources) {
        return text(
                "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 99 99] /Contents "
                        + contents
                        + " 0 R /Resources "
                        + resources
                        + " >>");
    }

    private static byte[] stream(String dictionary, byte[] content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(text("<< " + dictionary + " /Length " + content.length + " >>\nstream\n"));
        out.writeBytes(content);
        out.writeBytes(text("\nendstream"));
        return out.toByteArray();
    }

    private static byte[] file(List<byte[]> objects) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        StringBuilder table = new StringBuilder("0000000000 65535 f \n");
        out.writeBytes(text("%PDF-1.7\n"));
        for (int at = 0; at < objects.size(); at++) {
            table.append(String.format("%010d 00000 n \n", out.size()));
            out.writeBytes(text((at + 1) + " 0 obj\n"));
            out.writeBytes(objects.get(at));
            out.writeBytes(text("\nendobj\n"));
        }
        int start = out.size();
        int size = objects.size() + 1;
        out.writeBytes(text("xref\n0 " + size + "\n" + table));
        out.writeBytes(text("trailer << /Size " + size + " /Root 1 0 R >>\n"));
        out.writeBytes(text("startxref\n" + start + "\n%%EOF\n"));
        return out.toByteArray();
    }

    private static byte[] deflated(String opening, int megabytes) {
        return SampleFiles.quietly(() -> {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            byte[] numbers = "1 ".repeat(1 << 19).getBytes();
            try (DeflaterOutputStream deflate = new DeflaterOutputStream(out, new Deflater(1))) {
                deflate.write(opening.getBytes());
                for (int each = 0; each < megabytes; each++) {
                    deflate.write(numbers);
                }
            }
            return out.toByteArray();
        });
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
