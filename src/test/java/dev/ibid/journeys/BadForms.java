package dev.ibid.journeys;

import org.junit.jupiter.params.provider.Arguments;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/** Forms that are broken, and file names that were chosen to do harm. */
final class BadForms {

    /** As bytes of ISO 8859-1, so that any can be sent. */
    static final List<String> HARMFUL_NAMES =
            List.of(
                    "../../etc/passwd",
                    "../../../escaped.txt",
                    "..\\..\\boot.txt",
                    "/etc/passwd.txt",
                    "C:\\x.txt",
                    "%2e%2e%2fx.txt",
                    "..%252fx.txt",
                    "....//x.txt",
                    "x.txt%00.pdf",
                    "x\u0000.txt",
                    "x.pdf\u0000.txt",
                    "x.txt\r\nSet-Cookie: a=b",
                    "\\\"; name=\\\"file2.txt",
                    "",
                    ".",
                    "..",
                    ".txt",
                    "x.",
                    "x.txt ",
                    "x.txt.",
                    "CON.txt",
                    "NUL",
                    "a".repeat(251) + ".txt",
                    "a".repeat(4092) + ".txt",
                    utf8("e" + "\u0301".repeat(300) + ".txt"),
                    utf8("invoice_\u202Etxt.fdp.txt"),
                    utf8("zero\u200Bwidth.txt"),
                    "overlong\u00c0\u00af.txt",
                    "invalid\u00ff\u00fe.txt",
                    "surrogate\u00ed\u00a0\u0080.txt",
                    utf8("\ud83d\ude80.txt"),
                    "<img src=x onerror=alert(1)>.txt",
                    "'; DROP TABLE documents;--.txt",
                    "$(id).txt",
                    "${jndi:ldap://127.0.0.1/x}.txt",
                    "=cmd|' /C calc'!A0.csv",
                    "\u001b[31mred.txt",
                    "a*b;c=d.txt");

    private BadForms() {}

    /** What it is, the form, and the status that refuses it. */
    static Stream<Arguments> broken() {
        byte[] text = "Text.".getBytes(StandardCharsets.UTF_8);
        Form many = Form.begin();
        Form fields = Form.begin();
        for (int each = 0; each < 10_000; each++) {
            many.file("broken.txt", text);
            fields.part("name=\"x" + each + "\"", text);
        }
        return Stream.of(
                Arguments.of("nothing", new byte[0], 400),
                Arguments.of("no part", Form.begin().end(), 400),
                Arguments.of("no end", Form.begin().file("broken.txt", text).unfinished(), 400),
                Arguments.of(
                        "ends in a file",
                        Form.begin()
                                .open("name=\"files\"; filename=\"broken.txt\"")
                                .raw(text)
                                .unfinished(),
                        400),
                Arguments.of(
                        "ends in a header",
                        Form.begin().raw("--" + Form.BOUNDARY + "\r\nContent-Dispo").unfinished(),
                        400),
                Arguments.of(
                        "another field name",
                        Form.begin().part("name=\"file\"; filename=\"broken.txt\"", text).end(),
                        400),
                Arguments.of("no file name", Form.begin().part("name=\"files\"", text).end(), 400),
                Arguments.of(
                        "no name", Form.begin().part("filename=\"broken.txt\"", text).end(), 400),
                Arguments.of(
                        "a header of one MiB",
                        Form.begin().file("x".repeat(1 << 20) + ".txt", text).end(),
                        400),
                Arguments.of(
                        "dashes without end",
                        Form.begin().raw("-".repeat(3 << 20)).unfinished(),
                        400),
                Arguments.of("10,000 fields", fields.end(), 400),
                Arguments.of("10,000 files", many.end(), 413),
                Arguments.of(
                        "a collection that is no id",
                        Form.begin()
                                .part("name=\"collectionId\"", text)
                                .file("broken.txt", text)
                                .end(),
                        400),
                Arguments.of("an empty file", Form.begin().file("broken.txt", "").end(), 422),
                Arguments.of(
                        "no bytes but a program's", Form.begin().file("a.exe", "MZ").end(), 415));
    }

    /** So that its bytes, written one by one, are UTF-8. */
    private static String utf8(String name) {
        return new String(name.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }
}
