package dev.ibid.testing;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.IntSupplier;
import java.util.stream.Stream;

/**
 * How the fake provider behaves for one request.
 *
 * @param instead an answer given in place of a model's, or null
 * @param allowed how many tokens may be sent by now, asked again every few milliseconds
 * @param after how many tokens come before the ending; a negative number stands for all of them
 */
public record FakeProviderScript(
        List<String> tokens,
        Duration firstDelay,
        Duration interval,
        Framing framing,
        Ending ending,
        int after,
        @Nullable Canned instead,
        IntSupplier allowed) {

    /** How events are cut into packets, and what stands between them. */
    public enum Framing {
        WHOLE,
        /**
         * Packets of one to three bytes, so that every character and line end is split somewhere.
         */
        SPLIT,
        /** Two events in one packet. */
        PAIRED,
        /** Lines that end with CR LF; with OpenAI's protocol only. */
        CRLF,
        /**
         * Comments, unknown fields and unknown events in between; with Ollama's protocol blank
         * lines.
         */
        NOISE,
        /** Each event carries a megabyte that means nothing. */
        LONG_LINE
    }

    public enum Ending {
        STOP,
        LENGTH,
        FILTERED,
        /** The last event, but no {@code [DONE]}. */
        WITHOUT_DONE,
        /** {@code [DONE]}, and then the connection stays open. */
        LINGERING,
        /** {@code [DONE]}, but no reason for it. */
        ONLY_DONE,
        /** The answer ends properly for HTTP, but not for the protocol. */
        TRUNCATED,
        /** The connection is closed. */
        DROPPED,
        /** The connection is reset, as when the other machine goes down. */
        RESET,
        /** Nothing more comes, and nothing ends. */
        STALLED,
        /** The tokens start again for ever. */
        ENDLESS,
        /** An event that is not JSON, then silence. */
        GARBLED,
        /** An error in the stream, then the end. */
        ERROR
    }

    /** An answer from the can. */
    public record Canned(
            int status, String contentType, Map<String, String> headers, String body) {}

    private static final IntSupplier FREELY = () -> Integer.MAX_VALUE;

    public FakeProviderScript {
        tokens = List.copyOf(tokens);
    }

    public static FakeProviderScript of(String... tokens) {
        return new FakeProviderScript(
                List.of(tokens),
                Duration.ZERO,
                Duration.ZERO,
                Framing.WHOLE,
                Ending.STOP,
                -1,
                null,
                FREELY);
    }

    public static FakeProviderScript tokens(int count, Duration interval) {
        return of(Collections.nCopies(count, " word").toArray(String[]::new)).every(interval);
    }

    /** Says back, word by word, what the user said last. */
    public static FakeProviderScript echo(FakeProviderRequest request) {
        return of(Stream.of(request.lastUserText().split("(?<= )")).toArray(String[]::new));
    }

    public static FakeProviderScript status(int status, String body) {
        return canned(new Canned(status, "application/json", Map.of(), body));
    }

    public static FakeProviderScript rateLimited(String retryAfter) {
        String body = "{\"error\":{\"message\":\"slow down\",\"type\":\"rate_limit_exceeded\"}}";
        return canned(new Canned(429, "application/json", Map.of("Retry-After", retryAfter), body));
    }

    public static FakeProviderScript body(String contentType, String body) {
        return canned(new Canned(200, contentType, Map.of(), body));
    }

    public static FakeProviderScript canned(Canned canned) {
        return new FakeProviderScript(
                List.of(),
                Duration.ZERO,
                Duration.ZERO,
                Framing.WHOLE,
                Ending.STOP,
                -1,
                canned,
                FREELY);
    }

    public FakeProviderScript every(Duration interval) {
        return new FakeProviderScript(
                tokens, firstDelay, interval, framing, ending, after, instead, allowed);
    }

    public FakeProviderScript firstAfter(Duration delay) {
        return new FakeProviderScript(
                tokens, delay, interval, framing, ending, after, instead, allowed);
    }

    public FakeProviderScript framed(Framing framing) {
        return new FakeProviderScript(
                tokens, firstDelay, interval, framing, ending, after, instead, allowed);
    }

    public FakeProviderScript ending(Ending ending) {
        return new FakeProviderScript(
                tokens, firstDelay, interval, framing, ending, after, instead, allowed);
    }

    /** The ending comes after that many tokens. */
    public FakeProviderScript ending(Ending ending, int after) {
        return new FakeProviderScript(
                tokens, firstDelay, interval, framing, ending, after, instead, allowed);
    }

    /** No more tokens than this says, so that a test decides when each is sent. */
    public FakeProviderScript allowed(IntSupplier tokens) {
        return new FakeProviderScript(
                this.tokens, firstDelay, interval, framing, ending, after, instead, tokens);
    }

    int count() {
        return after < 0 ? tokens.size() : Math.min(after, tokens.size());
    }

    Canned canned() {
        return Objects.requireNonNull(instead);
    }
}
