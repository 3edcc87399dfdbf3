package dev.ibid.chat;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** What the room counts. */
final class ChatMeters {

    private final MeterRegistry meters;
    private final Timer duration;
    private final Timer toFirstToken;
    private final Counter conversations;
    private final Counter messages;
    private final AtomicInteger streams = new AtomicInteger();

    ChatMeters(MeterRegistry meters) {
        this.meters = meters;
        this.duration =
                Timer.builder("chat.duration")
                        .description("From the question to the end of its answer")
                        .publishPercentileHistogram()
                        .register(meters);
        this.toFirstToken =
                Timer.builder("chat.time.to.first.token")
                        .description("From the question to the first word of its answer")
                        .publishPercentileHistogram()
                        .register(meters);
        this.conversations =
                counter("conversations", "Conversations that were begun").register(meters);
        this.messages =
                counter("messages", "Questions and answers that were kept").register(meters);
        Gauge.builder("chat.streams.open", streams, AtomicInteger::get)
                .description("Answers that are being read as a stream")
                .register(meters);
    }

    void conversationBegun() {
        conversations.increment();
    }

    /** A question was kept, and with it the place for its answer. */
    void turnBegun() {
        messages.increment(2);
    }

    void ended(Message.Status status, long nanos) {
        requests(status).increment();
        duration.record(nanos, TimeUnit.NANOSECONDS);
    }

    void firstToken(long nanos) {
        toFirstToken.record(nanos, TimeUnit.NANOSECONDS);
    }

    void streamOpened() {
        streams.incrementAndGet();
    }

    void streamLeft() {
        streams.decrementAndGet();
    }

    void cited() {
        citations("kept").increment();
    }

    void refused(CitationCheck.Refusal refusal) {
        citations(refusal.name().toLowerCase(Locale.ROOT)).increment();
    }

    private Counter requests(Message.Status status) {
        return counter("chat.requests", "Answers that ended, and how")
                .tag("outcome", status.name().toLowerCase(Locale.ROOT))
                .register(meters);
    }

    private Counter citations(String outcome) {
        return counter("citations", "Markers in answers, and what became of them")
                .tag("outcome", outcome)
                .register(meters);
    }

    private static Counter.Builder counter(String name, String description) {
        return Counter.builder(name).description(description);
    }
}
