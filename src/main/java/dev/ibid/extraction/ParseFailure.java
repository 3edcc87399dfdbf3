package dev.ibid.extraction;

import org.jspecify.annotations.Nullable;

/**
 * Why a file gave no text. The message is a sentence for the person who uploaded it and says what
 * to do next.
 */
public final class ParseFailure extends Exception {

    /** The codes a failed document shows, in lower case, as {@code failure.code}. */
    public enum Code {
        /** The bytes are not what the name and type say, or cannot be read as such. */
        CORRUPT,
        ENCRYPTED,
        /** The file has no characters at all. */
        EMPTY,
        /** Pages but no text on them: most often a scan. */
        NO_TEXT,
        /** The text is in an encoding that cannot be told. */
        ENCODING,
        /** A limit on size, nesting, expansion or output was met. */
        LIMIT,
        TIMEOUT,
        /**
         * The parser's process died or could not be started: not the file's fault for certain, so
         * it is retried.
         */
        PARSER_CRASHED
    }

    private final Code code;

    public ParseFailure(Code code, String detail, @Nullable Throwable cause) {
        super(detail, cause);
        this.code = code;
    }

    public ParseFailure(Code code, String detail) {
        this(code, detail, null);
    }

    static ParseFailure tooLong() {
        return new ParseFailure(
                Code.LIMIT,
                "The document holds more text than one document may. Split it into several files.");
    }

    static ParseFailure tooNested() {
        return new ParseFailure(
                Code.LIMIT,
                "The document is nested more deeply than can be read. Save it anew in a simpler"
                        + " form.");
    }

    static ParseFailure tooExpansive() {
        return new ParseFailure(
                Code.LIMIT,
                "The file unpacks to far more than its size. Save it anew with the program that"
                        + " made it.");
    }

    static ParseFailure crashed(@Nullable Throwable cause) {
        return new ParseFailure(
                Code.PARSER_CRASHED,
                "The reader of documents stopped unexpectedly. Try again.",
                cause);
    }

    static ParseFailure damaged(Throwable cause) {
        return new ParseFailure(
                Code.CORRUPT,
                "The file is damaged or not what its name says. Open it with the program that made"
                        + " it, save it anew, and upload that.",
                cause);
    }

    /** The sentence for the person who uploaded the file. */
    public String detail() {
        return String.valueOf(getMessage());
    }

    public Code code() {
        return code;
    }

    public boolean retriable() {
        return code == Code.PARSER_CRASHED;
    }
}
