package dev.ibid.extraction;

import dev.ibid.extraction.ParseFailure.Code;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeoutException;

/**
 * Reads documents in processes of their own: a file that exhausts memory, hangs or crashes its
 * reader costs that one document. Processes start when they are needed, serve many documents, and
 * end when they have had nothing to do for a while. Callers beyond the number of processes wait.
 */
public final class ParserCell implements DocumentParser {

    private static final Logger log = LoggerFactory.getLogger(ParserCell.class);

    private final ParserSettings settings;
    private final Semaphore places;
    private final ScheduledThreadPoolExecutor clock;
    private final ParserPool pool;
    private volatile boolean closing;

    /** Empties {@code settings.scratch()}; starts no process yet. */
    public ParserCell(ParserSettings settings) throws IOException {
        this.settings = settings;
        this.places = new Semaphore(settings.processes().number(), true);
        Folders.makeEmpty(settings.scratch());
        this.clock =
                new ScheduledThreadPoolExecutor(
                        1,
                        Thread.ofPlatform().daemon().name("parser-clock").factory(),
                        new ThreadPoolExecutor.DiscardPolicy());
        this.pool = new ParserPool(settings, clock);
        clock.setRemoveOnCancelPolicy(true);
    }

    /** An interrupt ends the reading, as PARSER_CRASHED; the caller stays interrupted. */
    @Override
    public ExtractedText parse(Path file, String mediaType, ParseProgress progress)
            throws ParseFailure {
        takePlace();
        try {
            ParserProcess process = obtain();
            try {
                return answered(ask(process, file, mediaType, progress));
            } finally {
                pool.giveBack(process);
            }
        } finally {
            places.release();
        }
    }

    /** The ids of the processes that exist now. */
    public Set<Long> pids() {
        return pool.pids();
    }

    /** Kills all processes; whoever waits for one of them gets PARSER_CRASHED. */
    @Override
    public void close() {
        closing = true;
        clock.shutdownNow();
        pool.close();
    }

    private ParserProcess obtain() throws ParseFailure {
        try {
            return pool.obtain();
        } catch (IOException | RuntimeException e) {
            complain("A parser's process could not be started: {}", e);
            throw ParseFailure.crashed(e);
        }
    }

    private void takePlace() throws ParseFailure {
        try {
            places.acquire();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw ParseFailure.crashed(e);
        }
    }

    /** A thread that reads from a process cannot be interrupted, so another one reads. */
    private ParserWire.Answer ask(
            ParserProcess process, Path file, String mediaType, ParseProgress progress)
            throws ParseFailure {
        Patience patience = new Patience(settings.deadline(), settings.ocr(), progress);
        FutureTask<ParserWire.Answer> reading =
                new FutureTask<>(() -> process.parse(file, mediaType, patience));
        Thread.ofPlatform().daemon().name("parser-" + process.pid()).start(reading);
        try {
            return patience.await(reading);
        } catch (TimeoutException e) {
            throw late(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw ParseFailure.crashed(e);
        } catch (ExecutionException e) {
            throw explained(process, e.getCause());
        } finally {
            if (!reading.isDone()) {
                process.kill();
            }
        }
    }

    private static ExtractedText answered(ParserWire.Answer answer) throws ParseFailure {
        return switch (answer) {
            case ParserWire.Done(ExtractedText text) -> {
                logPagesWithoutText(text);
                yield text;
            }
            case ParserWire.Failed(Code code, String detail, String cause) -> {
                log(code, cause);
                throw new ParseFailure(code, detail);
            }
            case ParserWire.Ready _, ParserWire.Progress _, ParserWire.Recognising _ ->
                    throw new IllegalStateException("not an answer");
        };
    }

    /** What libraries throw at a damaged file is the file's; what else is thrown may be ours. */
    private static void log(Code code, String cause) {
        if (code == Code.PARSER_CRASHED) {
            log.warn("A parser's process could not do its work: {}", cause);
        } else if (!cause.isEmpty()) {
            log.info("A document could not be read ({}): {}", code, cause);
        }
    }

    private static void logPagesWithoutText(ExtractedText text) {
        if (text.pages() != null) {
            long read = text.blocks().stream().map(ExtractedText.Block::page).distinct().count();
            if (read < text.pages()) {
                log.info("{} of {} pages hold no text", text.pages() - read, text.pages());
            }
        }
    }

    private ParseFailure late(TimeoutException cause) {
        return new ParseFailure(
                Code.TIMEOUT,
                "Reading the document took longer than "
                        + settings.deadline().toSeconds()
                        + " seconds. Split it into several files, or save it anew.",
                cause);
    }

    /** What the listener of the progress throws is the caller's own, and goes back to it. */
    private ParseFailure explained(ParserProcess process, @Nullable Throwable cause) {
        if (cause instanceof RuntimeException ofListener) {
            throw ofListener;
        }
        if (!(cause instanceof IOException ended)) {
            throw new IllegalStateException(cause);
        }
        if (!(ended instanceof ParserWire.Breach) && process.ranOutOfMemory()) {
            return new ParseFailure(
                    Code.LIMIT,
                    "Reading the document takes more memory than one document may. Split it into"
                            + " several files, or save it anew.",
                    ended);
        }
        complain("A parser's process ended amid a document: {}", ended);
        return ParseFailure.crashed(ended);
    }

    /** That processes end when this is closed is no surprise. */
    private void complain(String message, Exception cause) {
        log.atLevel(closing ? Level.DEBUG : Level.WARN).log(message, cause.toString());
    }
}
