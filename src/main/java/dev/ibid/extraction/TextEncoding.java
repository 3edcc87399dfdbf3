package dev.ibid.extraction;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * Turns bytes into characters. What is certain comes first (byte order marks, valid UTF-8), then
 * what the bytes' own pattern shows (UTF-16 and UTF-32 by their NULs, ISO-2022-JP by its escapes),
 * then what statistics of languages tell beyond doubt. The rest is refused: wrong characters are
 * worse than none.
 */
final class TextEncoding {

    /** How text in a charset may begin, in hexadecimal digits. */
    private record Mark(String digits, Charset charset) {

        boolean opens(byte[] text) {
            int read = Math.min(text.length, length());
            return HexFormat.of().formatHex(text, 0, read).equals(digits);
        }

        int length() {
            return digits.length() / 2;
        }
    }

    /** The mark of UTF-32LE begins with the one of UTF-16LE and must be looked for first. */
    private static final List<Mark> MARKS =
            List.of(
                    new Mark("efbbbf", StandardCharsets.UTF_8),
                    new Mark("fffe0000", StandardCharsets.UTF_32LE),
                    new Mark("0000feff", StandardCharsets.UTF_32BE),
                    new Mark("fffe", StandardCharsets.UTF_16LE),
                    new Mark("feff", StandardCharsets.UTF_16BE));

    /** More NULs than this in valid UTF-8 are the high bytes of a wider encoding. */
    private static final double STRAY_NULS = 0.05;

    private TextEncoding() {}

    static String decode(byte[] bytes) throws ParseFailure {
        for (Mark mark : MARKS) {
            if (mark.opens(bytes)) {
                byte[] rest = Arrays.copyOfRange(bytes, mark.length(), bytes.length);
                return strictly(rest, mark.charset()).orElseThrow(TextEncoding::unknown);
            }
        }
        int nuls = nuls(bytes);
        if (nuls > STRAY_NULS * bytes.length || (nuls > 0 && !isUtf8(bytes))) {
            return WideEncoding.decode(bytes).orElseThrow(TextEncoding::unknown);
        }
        int escape = switchOfAlphabet(bytes);
        if (escape >= 0) {
            String name = bytes[escape + 2] == ')' ? "ISO-2022-KR" : "ISO-2022-JP";
            return strictly(bytes, Charset.forName(name)).orElseThrow(TextEncoding::unknown);
        }
        Optional<String> utf8 = strictly(bytes, StandardCharsets.UTF_8);
        if (utf8.isPresent()) {
            return utf8.get();
        }
        return LegacyEncoding.decode(bytes).orElseThrow(TextEncoding::unknown);
    }

    /** The characters if every byte has a meaning in {@code charset}. */
    static Optional<String> strictly(byte[] bytes, Charset charset) {
        try {
            return Optional.of(
                    charset.newDecoder()
                            .onMalformedInput(CodingErrorAction.REPORT)
                            .onUnmappableCharacter(CodingErrorAction.REPORT)
                            .decode(ByteBuffer.wrap(bytes))
                            .toString());
        } catch (CharacterCodingException wrong) {
            return Optional.empty();
        }
    }

    private static boolean isUtf8(byte[] bytes) {
        return strictly(bytes, StandardCharsets.UTF_8).isPresent();
    }

    private static int nuls(byte[] bytes) {
        int nuls = 0;
        for (byte each : bytes) {
            nuls += each == 0 ? 1 : 0;
        }
        return nuls;
    }

    /** Where the first ESC $ stands in a file that is otherwise pure ASCII, or -1. */
    private static int switchOfAlphabet(byte[] bytes) {
        for (int at = 0; at + 2 < bytes.length && bytes[at] >= 0; at++) {
            if (bytes[at] == 0x1B && bytes[at + 1] == '$') {
                return at;
            }
        }
        return -1;
    }

    private static ParseFailure unknown() {
        return new ParseFailure(
                ParseFailure.Code.ENCODING,
                "The encoding of the text cannot be told for certain. Save the file as UTF-8 and"
                        + " upload it again.");
    }
}
