package dev.ibid.documents;

/** Whether bytes could be text in any encoding, without saying in which. */
final class TextLook {

    /** Text has almost no control characters; random bytes have one in nine. */
    private static final double MOST_CONTROLS = 0.03;

    /**
     * How much of the control bytes stands in one place of each pair or four where text is wide.
     */
    private static final double SAME_PLACE = 0.9;

    private TextLook() {}

    static boolean isText(byte[] bytes) {
        int[] controls = new int[4];
        for (int at = 0; at < bytes.length; at++) {
            controls[at % 4] += isControl(bytes[at]) ? 1 : 0;
        }
        int all = controls[0] + controls[1] + controls[2] + controls[3];
        return all <= Math.max(1, MOST_CONTROLS * bytes.length) || isWide(controls, all);
    }

    /**
     * The high bytes of UTF-16 and UTF-32 look like controls in most scripts (0 Latin, 4 Cyrillic),
     * and all of them stand at even or all at odd places; in UTF-32 one place of four is free of
     * them.
     */
    private static boolean isWide(int[] controls, int all) {
        double even = (double) (controls[0] + controls[2]) / all;
        double first = (double) controls[0] / all;
        double last = (double) controls[3] / all;
        double rest = 1 - SAME_PLACE;
        return even >= SAME_PLACE || even <= rest || first <= rest || last <= rest;
    }

    private static boolean isControl(byte each) {
        boolean usual = (each >= '\t' && each <= '\r') || each == 0x1A || each == 0x1B;
        return (each >= 0 && each < 0x20 && !usual) || each == 0x7F;
    }
}
