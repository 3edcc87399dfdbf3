package dev.ibid.extraction;

import dev.ibid.text.TextGate;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/**
 * The frames between the server and a parser's process. The server trusts nothing that comes back:
 * a process that read a hostile file may say anything.
 */
final class ParserWire {

    /** What a process sends. */
    sealed interface Answer {}

    /** The process has started and takes requests. */
    record Ready() implements Answer {}

    record Progress(int done, int total) implements Answer {}

    /** A page is about to be recognised. */
    record Recognising() implements Answer {}

    record Done(ExtractedText text) implements Answer {}

    /**
     * @param cause for the log: what was thrown, and where; empty when the failure says all
     */
    record Failed(ParseFailure.Code code, String detail, String cause) implements Answer {}

    /** What the server sends. */
    record Request(String path, String mediaType, OutputLimits limits, Ocr ocr) {}

    /** The process breaks the protocol. */
    static final class Breach extends IOException {
        Breach(String what) {
            super(what);
        }
    }

    private static final int READY = 1;
    private static final int PROGRESS = 2;
    private static final int DONE = 3;
    private static final int FAILED = 4;
    private static final int RECOGNISING = 5;
    private static final List<ParseFailure.Code> CODES = List.of(ParseFailure.Code.values());
    private static final int LONGEST_DETAIL = 1000;
    private static final int LONGEST_CAUSE = 8000;

    private ParserWire() {}

    static void write(DataOutputStream out, Request request) throws IOException {
        writeString(out, request.path());
        writeString(out, request.mediaType());
        out.writeInt(request.limits().characters());
        out.writeInt(request.limits().pages());
        writeString(out, request.ocr().program());
        writeString(out, request.ocr().languages());
        out.writeLong(request.ocr().pageTimeout().toMillis());
        writeString(out, request.ocr().advice());
        out.flush();
    }

    static Request readRequest(DataInputStream in) throws IOException {
        return new Request(
                readString(in, 1 << 16),
                readString(in, 1 << 10),
                new OutputLimits(in.readInt(), in.readInt()),
                new Ocr(
                        readString(in, 1 << 16),
                        readString(in, 1 << 16),
                        Duration.ofMillis(in.readLong()),
                        readString(in, LONGEST_DETAIL)));
    }

    static void write(DataOutputStream out, Answer answer) throws IOException {
        switch (answer) {
            case Ready _ -> out.writeByte(READY);
            case Progress(int done, int total) -> {
                out.writeByte(PROGRESS);
                out.writeInt(done);
                out.writeInt(total);
            }
            case Recognising _ -> out.writeByte(RECOGNISING);
            case Done(ExtractedText text) -> {
                out.writeByte(DONE);
                TextWire.write(out, text);
            }
            case Failed(ParseFailure.Code code, String detail, String cause) -> {
                out.writeByte(FAILED);
                out.writeByte(CODES.indexOf(code));
                writeString(out, detail);
                writeString(out, cause.substring(0, Math.min(cause.length(), LONGEST_CAUSE / 4)));
            }
        }
        out.flush();
    }

    /**
     * Blocks until a whole frame has come.
     *
     * @throws Breach when the frame is none, or above {@code limits}
     */
    static Answer readAnswer(DataInputStream in, OutputLimits limits) throws IOException {
        int kind = in.readUnsignedByte();
        return switch (kind) {
            case READY -> new Ready();
            case PROGRESS -> new Progress(Math.max(0, in.readInt()), Math.max(0, in.readInt()));
            case RECOGNISING -> new Recognising();
            case DONE -> new Done(TextWire.read(in, limits));
            case FAILED ->
                    new Failed(
                            code(in.readUnsignedByte()),
                            TextGate.line(readString(in, LONGEST_DETAIL)),
                            TextGate.line(readString(in, LONGEST_CAUSE)));
            default -> throw new Breach("frame of kind " + kind);
        };
    }

    static void writeString(DataOutputStream out, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    static String readString(DataInputStream in, int mostBytes) throws IOException {
        int length = in.readInt();
        if (length < 0 || length > mostBytes) {
            throw new Breach("string of " + length + " bytes");
        }
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException();
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static ParseFailure.Code code(int index) throws Breach {
        if (index >= CODES.size()) {
            throw new Breach("failure code " + index);
        }
        return CODES.get(index);
    }
}
