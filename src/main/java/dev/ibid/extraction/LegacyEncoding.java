package dev.ibid.extraction;

import org.apache.tika.parser.txt.CharsetDetector;
import org.apache.tika.parser.txt.CharsetMatch;
import org.mozilla.universalchardet.UniversalDetector;

import java.nio.charset.Charset;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Text in an encoding of the time before Unicode. Two detectors are asked: one knows the letter
 * triples of languages (Tika's, from ICU), one the character frequencies of encodings (Mozilla's).
 * Where both know an alphabet both must name the same; where one does not know it, the other must
 * be sure. What was read must then look like words.
 */
final class LegacyEncoding {

    /** Confidences of the language detector, of 100. Measured on a paragraph: right ones 37-98. */
    private static final int SURE = 35;

    /** The Western alphabet is the detector's refuge for languages that it does not know. */
    private static final int SURE_OF_WESTERN = 45;

    private static final int LEAD = 10;
    private static final double MOSTLY = 0.8;

    /** Fewer letters say nothing about a language. Measured: wrong guesses begin below 20. */
    private static final int FEWEST_LETTERS = 30;

    private static final String LATIN = "windows-1252";

    /** What the one must say for the other to be believed; an answer not listed needs no second. */
    private static final Map<String, Set<String>> SECONDED =
            Map.ofEntries(
                    Map.entry("shift_jis", Set.of("shift_jis")),
                    Map.entry("euc-jp", Set.of("euc-jp")),
                    Map.entry("euc-kr", Set.of("euc-kr")),
                    Map.entry("big5", Set.of("big5")),
                    Map.entry("gb18030", Set.of("gb18030")),
                    Map.entry("windows-1251", Set.of("windows-1251")),
                    Map.entry("koi8-r", Set.of("koi8-r")),
                    Map.entry("ibm866", Set.of("ibm866")),
                    Map.entry("iso-8859-5", Set.of("iso-8859-5")),
                    Map.entry("iso-8859-7", Set.of("iso-8859-7", "windows-1253")),
                    Map.entry("windows-1253", Set.of("iso-8859-7", "windows-1253")),
                    Map.entry("iso-8859-8", Set.of("iso-8859-8", "windows-1255")),
                    Map.entry("iso-8859-8-i", Set.of("iso-8859-8", "windows-1255")),
                    Map.entry("iso-8859-1", Set.of(LATIN)),
                    Map.entry("windows-1252", Set.of(LATIN)),
                    Map.entry("iso-8859-2", Set.of(LATIN)),
                    Map.entry("windows-1250", Set.of(LATIN)),
                    Map.entry("iso-8859-9", Set.of(LATIN)),
                    Map.entry("windows-1254", Set.of(LATIN)));

    private static final Set<String> EAST_ASIAN =
            Set.of("shift_jis", "euc-jp", "euc-kr", "big5", "gb18030", "euc-tw", "hz-gb-2312");

    /** What files so labelled really hold: the vendors' supersets. */
    private static final Map<String, String> SUPERSETS =
            Map.of(
                    "shift_jis", "windows-31j",
                    "euc-kr", "x-windows-949",
                    "big5", "Big5-HKSCS",
                    "iso-8859-1", "windows-1252",
                    "iso-8859-2", "windows-1250",
                    "iso-8859-7", "windows-1253",
                    "iso-8859-8", "windows-1255",
                    "iso-8859-8-i", "windows-1255",
                    "iso-8859-9", "windows-1254");

    private LegacyEncoding() {}

    static Optional<String> decode(byte[] bytes) {
        if (isBrokenUtf8(bytes)) {
            return Optional.empty();
        }
        byte[] sample = EncodingSample.of(bytes);
        String frequency = byFrequency(sample);
        if (frequency.equals("tis620")) {
            return thai(bytes);
        }
        CharsetMatch[] matches = new CharsetDetector().setText(sample).detectAll();
        if (matches == null || matches.length == 0) {
            return Optional.empty();
        }
        String language = lower(matches[0].getName());
        return isSeconded(language, frequency) && isSure(matches)
                ? read(bytes, language)
                : Optional.empty();
    }

    private static boolean isSeconded(String language, String frequency) {
        Set<String> seconds = SECONDED.get(language);
        return seconds == null ? !EAST_ASIAN.contains(frequency) : seconds.contains(frequency);
    }

    private static boolean isSure(CharsetMatch[] matches) {
        String best = matches[0].getName();
        boolean western = best.equals("ISO-8859-1") || best.equals("windows-1252");
        if (matches[0].getConfidence() < (western ? SURE_OF_WESTERN : SURE)) {
            return false;
        }
        for (CharsetMatch other : matches) {
            boolean close = matches[0].getConfidence() - other.getConfidence() < LEAD;
            if (close && !other.getName().equals(best) && !EAST_ASIAN.contains(lower(best))) {
                return false;
            }
        }
        return true;
    }

    /**
     * Of a standard and the vendor's superset of it, the reading with more letters. Where both have
     * as many and still differ (Czech in ISO-8859-2 and windows-1250), nothing tells them apart.
     */
    private static Optional<String> read(byte[] bytes, String name) {
        Optional<String> plain = readAs(bytes, name);
        String superset = SUPERSETS.get(name);
        Optional<String> wide = superset == null ? plain : readAs(bytes, superset);
        if (plain.isEmpty() || wide.isEmpty()) {
            return plain.or(() -> wide);
        }
        long more = letters(wide.get()) - letters(plain.get());
        if (more == 0) {
            return wide.filter(plain.get()::equals);
        }
        return more > 0 ? wide : plain;
    }

    private static Optional<String> readAs(byte[] bytes, String name) {
        String bare = name.replace("_ltr", "").replace("_rtl", "").replace("8859-8-i", "8859-8");
        if (!Charset.isSupported(bare)) {
            return Optional.empty();
        }
        return TextEncoding.strictly(bytes, Charset.forName(bare))
                .filter(text -> letters(text) >= FEWEST_LETTERS && WordLook.isWords(text));
    }

    private static Optional<String> thai(byte[] bytes) {
        return readAs(bytes, "x-windows-874")
                .filter(text -> {
                    long thai = text.chars().filter(c -> c >= 0xE01 && c <= 0xE5B).count();
                    long foreign = text.chars().filter(c -> c > 0x7F).count();
                    return thai >= MOSTLY * foreign;
                });
    }

    private static String byFrequency(byte[] sample) {
        UniversalDetector detector = new UniversalDetector();
        detector.handleData(sample);
        detector.dataEnd();
        String name = detector.getDetectedCharset();
        return name == null ? "" : lower(name);
    }

    private static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    private static long letters(String text) {
        return text.chars().filter(Character::isLetter).count();
    }

    /**
     * Mostly valid UTF-8 sequences: a damaged UTF-8 file, which every single-byte set would read.
     */
    private static boolean isBrokenUtf8(byte[] bytes) {
        int valid = 0;
        int invalid = 0;
        for (int at = 0; at < bytes.length; ) {
            int length = EncodingSample.utf8Length(bytes, at);
            valid += length > 1 ? 1 : 0;
            invalid += length == 0 ? 1 : 0;
            at += Math.max(1, length);
        }
        return valid >= MOSTLY * (valid + invalid);
    }
}
