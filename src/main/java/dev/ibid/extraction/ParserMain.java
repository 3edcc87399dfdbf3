package dev.ibid.extraction;

import dev.ibid.documents.FileType;
import dev.ibid.extraction.ParserWire.Answer;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileNotFoundException;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.time.Duration;

/**
 * The parser's process: reads requests from its standard input, one document at a time, and writes
 * frames to its standard output. It ends when its input does, in the middle of a document too, so
 * no server leaves one behind. Without memory it ends with {@link #OUT_OF_MEMORY}.
 */
public final class ParserMain implements ParseProgress {

    /** The exit code of a Java process under {@code -XX:+ExitOnOutOfMemoryError}. */
    static final int OUT_OF_MEMORY = 3;

    private static final long TOLD_EVERY = Duration.ofMillis(100).toNanos();

    private final DataOutputStream out;
    private long lastTold;

    private ParserMain(DataOutputStream out) {
        this.out = out;
    }

    /** Takes no arguments. */
    public static void main(String[] none) throws IOException {
        DataOutputStream frames =
                new DataOutputStream(
                        new BufferedOutputStream(new FileOutputStream(FileDescriptor.out), 65536));
        System.setOut(System.err);
        NoNetwork.impose();
        DataInputStream requests =
                new DataInputStream(
                        new BufferedInputStream(new FileInputStream(FileDescriptor.in)));
        ParserMain parser = new ParserMain(frames);
        parser.send(new ParserWire.Ready());
        try {
            while (true) {
                ParserWire.Request request = ParserWire.readRequest(requests);
                Thread.ofPlatform().name("document").daemon().start(() -> parser.serve(request));
            }
        } catch (IOException inputEnded) {
            ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly);
            Runtime.getRuntime().halt(0);
        }
    }

    private void serve(ParserWire.Request request) {
        try {
            send(answer(request));
        } catch (UncheckedIOException outputEnded) {
            Runtime.getRuntime().halt(0);
        }
    }

    /**
     * Whatever a library throws at a damaged file, and they throw anything, it is the file's; but
     * not that a class or the file itself cannot be had.
     */
    private Answer answer(ParserWire.Request request) {
        try {
            FileType type = FileType.ofMediaType(request.mediaType()).orElseThrow();
            Path file = Path.of(request.path());
            return new ParserWire.Done(
                    Extractor.of(type, request.ocr()).extract(file, request.limits(), this));
        } catch (ParseFailure failure) {
            return failed(failure);
        } catch (StackOverflowError tooDeep) {
            return failed(ParseFailure.tooNested());
        } catch (OutOfMemoryError thrownByJavaCode) {
            Runtime.getRuntime().halt(OUT_OF_MEMORY);
            throw thrownByJavaCode;
        } catch (UncheckedIOException outputEnded) {
            throw outputEnded;
        } catch (LinkageError | FileSystemException | FileNotFoundException ours) {
            return failed(ParseFailure.crashed(ours));
        } catch (IOException | RuntimeException | Error damaged) {
            return failed(ParseFailure.damaged(damaged));
        }
    }

    private static Answer failed(ParseFailure failure) {
        Throwable cause = failure.getCause();
        return new ParserWire.Failed(
                failure.code(), failure.detail(), cause == null ? "" : Traces.shortened(cause));
    }

    @Override
    public void recognising() {
        send(new ParserWire.Recognising());
    }

    @Override
    public void read(int done, int total) {
        long now = System.nanoTime();
        if (done == total || now - lastTold > TOLD_EVERY) {
            lastTold = now;
            send(new ParserWire.Progress(done, total));
        }
    }

    private synchronized void send(Answer answer) {
        try {
            ParserWire.write(out, answer);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
