package dev.ibid.extraction;

/** Whether text looks like words, or like words read in the wrong alphabet ({@code GeschŠft}). */
final class WordLook {

    /** Of the characters beyond ASCII; real text has such places too, but few. */
    private static final double MOST_ODD = 0.02;

    /**
     * What the letters of Lithuanian, Latvian and Turkish become in the Western alphabet. They are
     * at home in Icelandic alone, which the detectors do not know and which is refused with them.
     */
    private static final String BALTIC_AND_TURKISH = "ðþÐÞ";

    private static final char APOSTROPHE = '’';

    private WordLook() {}

    static boolean isWords(String text) {
        int foreign = 0;
        int odd = 0;
        for (int at = 0; at < text.length(); at++) {
            char unit = text.charAt(at);
            if (unit >= 0x80) {
                if (isMeaningless(unit)) {
                    return false;
                }
                foreign++;
                odd += isOdd(unit, neighbour(text, at - 1), neighbour(text, at + 1)) ? 1 : 0;
            }
        }
        return odd <= MOST_ODD * foreign;
    }

    /** Controls of the C1 range (but NEL), replacements and private characters. */
    private static boolean isMeaningless(char unit) {
        return (unit < 0xA0 && unit != 0x85)
                || unit == 0xFFFD
                || Character.getType(unit) == Character.PRIVATE_USE;
    }

    private static boolean isOdd(char unit, char before, char after) {
        boolean letterBefore = Character.isLetter(before);
        boolean letterAfter = Character.isLetter(after);
        if (Character.isLetter(unit)) {
            boolean innerCapital = Character.isUpperCase(unit) && Character.isLowerCase(before);
            return innerCapital
                    || BALTIC_AND_TURKISH.indexOf(unit) >= 0
                    || (letterBefore && isLatin(unit) != isLatin(before));
        }
        return switch (Character.getType(unit)) {
            case Character.OTHER_NUMBER -> letterAfter;
            case Character.MATH_SYMBOL, Character.MODIFIER_SYMBOL -> letterBefore || letterAfter;
            case Character.OTHER_SYMBOL, Character.CURRENCY_SYMBOL -> letterBefore && letterAfter;
            case Character.START_PUNCTUATION, Character.INITIAL_QUOTE_PUNCTUATION ->
                    letterBefore && letterAfter;
            case Character.FINAL_QUOTE_PUNCTUATION ->
                    letterBefore && letterAfter && unit != APOSTROPHE;
            case Character.OTHER_PUNCTUATION -> letterBefore && letterAfter && isLatin(before);
            default -> false;
        };
    }

    private static boolean isLatin(char unit) {
        return Character.UnicodeScript.of(unit) == Character.UnicodeScript.LATIN;
    }

    private static char neighbour(String text, int at) {
        return at < 0 || at >= text.length() ? ' ' : text.charAt(at);
    }
}
