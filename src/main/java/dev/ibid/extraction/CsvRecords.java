package dev.ibid.extraction;

import java.util.Arrays;

/**
 * Where the records of a CSV text stand. A quote opens a quoted cell only at the cell's start; one
 * that is never closed is an ordinary character. Linear in the length of the text.
 */
final class CsvRecords {

    private static final char[] DELIMITERS = {',', ';', '\t', '|'};
    private static final int SAMPLE_LINES = 20;

    private final String text;
    private final char delimiter;
    private int[] ends = new int[1024];
    private int count;

    private CsvRecords(String text) {
        this.text = text;
        this.delimiter = delimiter(text);
    }

    static CsvRecords of(String text) {
        CsvRecords records = new CsvRecords(text);
        records.find();
        return records;
    }

    int count() {
        return count;
    }

    int start(int index) {
        return index == 0 ? 0 : ends[index - 1] + 1;
    }

    /** One past the last unit, without the line feed. */
    int end(int index) {
        return ends[index];
    }

    boolean isBlank(int index) {
        for (int at = start(index); at < end(index); at++) {
            if (!Character.isWhitespace(text.charAt(at))) {
                return false;
            }
        }
        return true;
    }

    private void find() {
        boolean quotes = true;
        int at = 0;
        while (at < text.length()) {
            int end = quotes ? quotedEnd(at) : plainEnd(at);
            if (end < 0) {
                quotes = false;
                end = plainEnd(at);
            }
            add(end);
            at = end + 1;
        }
    }

    private int plainEnd(int from) {
        int feed = text.indexOf('\n', from);
        return feed < 0 ? text.length() : feed;
    }

    /** The end of the record that starts at {@code from}, or -1 when a quote stays open. */
    private int quotedEnd(int from) {
        boolean cellStart = true;
        for (int at = from; at < text.length(); at++) {
            char unit = text.charAt(at);
            if (unit == '\n') {
                return at;
            }
            if (unit == '"' && cellStart) {
                at = closingQuote(at + 1);
                if (at < 0) {
                    return -1;
                }
            }
            cellStart = unit == delimiter || (cellStart && unit == ' ');
        }
        return text.length();
    }

    private int closingQuote(int from) {
        int at = text.indexOf('"', from);
        while (at >= 0 && at + 1 < text.length() && text.charAt(at + 1) == '"') {
            at = text.indexOf('"', at + 2);
        }
        return at;
    }

    private void add(int end) {
        if (count == ends.length) {
            ends = Arrays.copyOf(ends, count * 2);
        }
        ends[count++] = end;
    }

    /** The candidate that stands most evenly in the first lines; a comma where none does. */
    private static char delimiter(String text) {
        char best = ',';
        int bestScore = 0;
        for (char candidate : DELIMITERS) {
            int score = fewestInALine(text, candidate);
            if (score > bestScore) {
                best = candidate;
                bestScore = score;
            }
        }
        return best;
    }

    private static int fewestInALine(String text, char delimiter) {
        int fewest = Integer.MAX_VALUE;
        Lines lines = new Lines(text);
        for (int seen = 0; seen < SAMPLE_LINES && lines.next(); seen++) {
            if (!lines.isBlank()) {
                fewest = Math.min(fewest, count(text, lines, delimiter));
            }
        }
        return fewest == Integer.MAX_VALUE ? 0 : fewest;
    }

    private static int count(String text, Lines lines, char delimiter) {
        int found = 0;
        for (int at = lines.start(); at < lines.end(); at++) {
            found += text.charAt(at) == delimiter ? 1 : 0;
        }
        return found;
    }
}
