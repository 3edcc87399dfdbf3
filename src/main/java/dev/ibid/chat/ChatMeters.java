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
                Timer.builder("chat.duration").publishPercentileHistogram().register(meters);
        this.toFirstToken =
                Timer.builder("chat.time.to.first.token")
                        .publishPercentileHistogram()
                        .register(meters);
        this.conversations = meters.counter("conversations.created");
        this.messages = meters.counter("messages");
        Gauge.builder("chat.streams.open", streams, AtomicInteger::get).register(meters);
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
        return meters.counter("chat.requests", "outcome", status.name().toLowerCase(Locale.ROOT));
    }

    private Counter citations(String outcome) {
        return meters.counter("citations", "outcome", outcome);
    }
}
