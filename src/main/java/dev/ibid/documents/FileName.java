package dev.ibid.documents;

import dev.ibid.text.TextGate;

/** The name of an uploaded file: text to be shown, never a path. */
final class FileName {

    private static final int LONGEST = 255;
    private static final int LONGEST_EXTENSION = 12;

    /** Letters that turn the text after them around, so that "txt.exe" can look like "exe.txt". */
    private static final String DIRECTIONS = "[\\u202a-\\u202e\\u2066-\\u2069]";

    private FileName() {}

    /** The last path segment of what the client sent, on one line. */
    static String shown(String sent) {
        String line =
                TextGate.line(
                        sent.substring(Math.max(sent.lastIndexOf('/'), sent.lastIndexOf('\\')) + 1)
                                .replaceAll(DIRECTIONS, ""));
        if (line.length() <= LONGEST) {
            return line.isEmpty() ? "unnamed" : line;
        }
        int dot = line.lastIndexOf('.');
        String extension = dot < line.length() - LONGEST_EXTENSION ? "" : line.substring(dot);
        return TextGate.clean(line.substring(0, LONGEST - extension.length())) + extension;
    }
}
