package dev.ibid.documents;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** What a file is by its first bytes and, for archives, by its table of contents. */
enum Magic {
    NOTHING("empty"),
    PDF("a PDF"),
    WORD("a Word document"),
    /** The wrapper that Office puts around a document with a password. */
    ENCRYPTED_OFFICE("an Office document with a password"),
    OLD_OFFICE("a file of an Office version before 2007"),
    ARCHIVE("an archive or another kind of document"),
    IMAGE("an image"),
    PROGRAM("a program"),
    RICH_TEXT("rich text"),
    HTML("a web page"),
    TEXT("plain text"),
    BINARY("not text");

    /**
     * PDF readers look for the mark anywhere in the first 1024 bytes, so files with a preamble
     * exist.
     */
    private static final int PDF_MARK_WITHIN = 1024;

    private static final String PDF_MARK = "%PDF-";

    /**
     * The name of the stream that holds an encrypted document, as the wrapper's index spells it.
     */
    private static final String PACKAGE =
            new String(
                    "EncryptedPackage".getBytes(StandardCharsets.UTF_16LE),
                    StandardCharsets.ISO_8859_1);

    private static final int PREFIX = 64 * 1024;
    private static final int DIRECTORY_PREFIX = 1024 * 1024;

    /** How files of a kind begin, in hexadecimal digits. */
    private record Signature(String digits, Magic magic) {

        boolean opens(byte[] head) {
            int length = Math.min(head.length, digits.length() / 2);
            return HexFormat.of().formatHex(head, 0, length).equals(digits);
        }
    }

    private static final List<Signature> SIGNATURES =
            List.of(
                    new Signature("504b0304", ARCHIVE),
                    new Signature("504b0506", ARCHIVE),
                    new Signature("1f8b", ARCHIVE),
                    new Signature("526172211a07", ARCHIVE),
                    new Signature("377abcaf271c", ARCHIVE),
                    new Signature("fd377a585a00", ARCHIVE),
                    new Signature("d0cf11e0a1b11ae1", OLD_OFFICE),
                    new Signature("89504e470d0a1a0a", IMAGE),
                    new Signature("ffd8ff", IMAGE),
                    new Signature("474946383761", IMAGE),
                    new Signature("474946383961", IMAGE),
                    new Signature("49492a00", IMAGE),
                    new Signature("4d4d002a", IMAGE),
                    new Signature("7f454c46", PROGRAM),
                    new Signature("cafebabe", PROGRAM),
                    new Signature("7b5c727466", RICH_TEXT));

    private final String words;

    Magic(String words) {
        this.words = words;
    }

    /** Fit to stand after "but is". */
    String words() {
        return words;
    }

    boolean fits(FileType type) {
        return switch (type) {
            case PDF -> this == PDF;
            case DOCX -> this == WORD || this == ENCRYPTED_OFFICE;
            case TXT, MD, CSV -> this == TEXT;
        };
    }

    /**
     * What {@code file} is; a preamble before the mark of a PDF is allowed where one is expected.
     */
    static Magic of(Path file, FileType expected) throws IOException {
        byte[] head = head(file, PREFIX);
        if (head.length == 0) {
            return NOTHING;
        }
        for (Signature signature : SIGNATURES) {
            if (signature.opens(head)) {
                return closer(signature.magic, file);
            }
        }
        if (isProgram(head)) {
            return PROGRAM;
        }
        int preamble = expected == FileType.PDF ? PDF_MARK_WITHIN : PDF_MARK.length();
        return latin(head, preamble).contains(PDF_MARK) ? PDF : ofText(head);
    }

    private static Magic closer(Magic magic, Path file) throws IOException {
        return switch (magic) {
            case ARCHIVE -> holdsWord(file) ? WORD : ARCHIVE;
            case OLD_OFFICE -> holdsPackage(file) ? ENCRYPTED_OFFICE : OLD_OFFICE;
            default -> magic;
        };
    }

    private static boolean holdsWord(Path file) {
        try (ZipFile zip = new ZipFile(file.toFile())) {
            ZipEntry types = zip.getEntry("[Content_Types].xml");
            return types != null
                    && zip.stream().anyMatch(entry -> entry.getName().startsWith("word/"));
        } catch (IOException | IllegalArgumentException damaged) {
            return startsLikeWord(file);
        }
    }

    /** A document that was cut off has no table of contents; what it is can still be told. */
    private static boolean startsLikeWord(Path file) {
        try {
            String start = new String(head(file, DIRECTORY_PREFIX), StandardCharsets.ISO_8859_1);
            return start.contains("[Content_Types].xml") || start.contains("word/");
        } catch (IOException unreadable) {
            return false;
        }
    }

    /** Looks through the file window by window: it may be of any size, and many come at once. */
    private static boolean holdsPackage(Path file) throws IOException {
        String window = "";
        try (InputStream in = Files.newInputStream(file)) {
            for (byte[] next = in.readNBytes(PREFIX);
                    next.length > 0;
                    next = in.readNBytes(PREFIX)) {
                int overlap = Math.min(window.length(), PACKAGE.length() - 1);
                window = window.substring(window.length() - overlap) + latin(next, PREFIX);
                if (window.contains(PACKAGE)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** "MZ" alone may open a text; with the offset of a PE header behind it, it does not. */
    private static boolean isProgram(byte[] head) {
        if (head.length < 64 || head[0] != 'M' || head[1] != 'Z') {
            return false;
        }
        return latin(head, 64).indexOf('\0') >= 0;
    }

    private static Magic ofText(byte[] head) {
        if (!TextLook.isText(head)) {
            return BINARY;
        }
        String start =
                latin(head, 1024)
                        .replaceAll("[\\x00\\xEF\\xBB\\xBF\\xFE\\xFF]", "")
                        .strip()
                        .toLowerCase(Locale.ROOT);
        boolean html = start.startsWith("<!doctype html") || start.startsWith("<html");
        return html ? HTML : TEXT;
    }

    private static String latin(byte[] head, int length) {
        return new String(head, 0, Math.min(head.length, length), StandardCharsets.ISO_8859_1);
    }

    private static byte[] head(Path file, int length) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(length);
        }
    }
}
