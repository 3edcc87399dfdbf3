package dev.ibid.extraction;

import java.io.ByteArrayOutputStream;

/** The part of a text that tells its encoding. */
final class EncodingSample {

    /** The language detector reads no more than its first 12,000 bytes. */
    private static final int ENOUGH = 12_000;

    private EncodingSample() {}

    /** The first lines that hold bytes beyond ASCII: in a long file they may come late. */
    static byte[] of(byte[] bytes) {
        ByteArrayOutputStream sample = new ByteArrayOutputStream();
        int start = 0;
        boolean telling = false;
        for (int at = 0; at < bytes.length && sample.size() < ENOUGH; at++) {
            telling |= bytes[at] < 0;
            boolean ends = bytes[at] == '\n' || bytes[at] == '\r' || at - start >= ENOUGH;
            if (ends || at == bytes.length - 1) {
                sample.write(bytes, telling ? start : at, telling ? at + 1 - start : 0);
                start = at + 1;
                telling = false;
            }
        }
        return sample.toByteArray();
    }

    /** The length of the UTF-8 sequence at {@code at}: 1 to 4, or 0 if there is none. */
    static int utf8Length(byte[] bytes, int at) {
        int lead = bytes[at] & 0xFF;
        int length = lead < 0x80 ? 1 : lead < 0xC2 ? 0 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
        if (lead > 0xF4 || at + length > bytes.length) {
            return 0;
        }
        for (int next = at + 1; next < at + length; next++) {
            if ((bytes[next] & 0xC0) != 0x80) {
                return 0;
            }
        }
        return length;
    }
}
