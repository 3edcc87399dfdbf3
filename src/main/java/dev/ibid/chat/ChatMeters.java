package dev.ibid.chat;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** What the room counts. */
final class ChatMeters {

    private static final String REQUESTS = "Answers that ended, and how";
    private static final String CITATIONS = "Markers in answers, and what became of them";

    private final Map<Message.Status, Counter> requests = new EnumMap<>(Message.Status.class);
    private final Map<CitationCheck.Refusal, Counter> refused =
            new EnumMap<>(CitationCheck.Refusal.class);
    private final Counter kept;
    private final Timer duration;
    private final Timer toFirstToken;
    private final Counter conversations;
    private final Counter messages;
    private final AtomicInteger streams = new AtomicInteger();

    ChatMeters(MeterRegistry meters) {
        for (Message.Status status : Message.Status.values()) {
            requests.put(status, outcome("chat.requests", REQUESTS, status, meters));
        }
        for (CitationCheck.Refusal refusal : CitationCheck.Refusal.values()) {
            refused.put(refusal, outcome("citations", CITATIONS, refusal, meters));
        }
        this.kept = counter("citations", CITATIONS).tag("outcome", "kept").register(meters);
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
        Objects.requireNonNull(requests.get(status)).increment();
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
        kept.increment();
    }

    void refused(CitationCheck.Refusal refusal) {
        Objects.requireNonNull(refused.get(refusal)).increment();
    }

    private static Counter outcome(
            String name, String description, Enum<?> outcome, MeterRegistry meters) {
        return counter(name, description)
                .tag("outcome", outcome.name().toLowerCase(Locale.ROOT))
                .register(meters);
    }

    private static Counter.Builder counter(String name, String description) {
        return Counter.builder(name).description(description);
    }
}
