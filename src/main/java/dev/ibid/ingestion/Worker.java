package dev.ibid.ingestion;

import dev.ibid.extraction.ParseFailure;
import dev.ibid.failure.Failure;
import dev.ibid.ingestion.Jobs.Lease;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Takes one job after the other. While it works, a second thread keeps the lease alive, and
 * interrupts the work when the lease is lost: because the document was deleted, or because this
 * process stood still for so long that another has taken over.
 */
final class Worker implements Runnable {

    private static final Logger log = LoggerFactory.getLogger(Worker.class);
    private static final Duration LEASE = Duration.ofSeconds(20);
    private static final Duration HEARTBEAT = Duration.ofSeconds(3);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(60);

    /** A parser that dies three times on the same file will not read it. */
    private static final int MOST_CRASHES = 3;

    /** How long a neighbour may be away before a document is said to have failed. */
    private static final Duration PATIENCE = Duration.ofMinutes(30);

    private static final int MOST_DEFECTS = 5;

    private final Jobs jobs;
    private final Pipeline pipeline;
    private final WorkSignal signal;
    private final Runnable published;
    private final MeterRegistry meters;

    Worker(
            Jobs jobs,
            Pipeline pipeline,
            WorkSignal signal,
            Runnable published,
            MeterRegistry meters) {
        this.jobs = jobs;
        this.pipeline = pipeline;
        this.signal = signal;
        this.published = published;
        this.meters = meters;
    }

    @Override
    public void run() {
        while (!signal.stopped()) {
            Thread.interrupted();
            try {
                Optional<Lease> lease = jobs.lease(LEASE);
                lease.ifPresentOrElse(this::work, signal::await);
            } catch (RuntimeException unreachable) {
                log.warn("The queue cannot be read; trying again: {}", unreachable.getMessage());
                signal.await();
            }
        }
    }

    private void work(Lease lease) {
        MDC.put("document", lease.documentId().toString());
        try (Heartbeat _ = new Heartbeat(() -> jobs.renew(lease, LEASE), HEARTBEAT)) {
            pipeline.run(lease);
            published.run();
            log.info("Document {} version {} is ready", lease.documentId(), lease.version());
        } catch (Exception failure) {
            settle(lease, failure);
        } finally {
            MDC.clear();
        }
    }

    /**
     * When the process is stopping, the lease simply runs out and the work goes on where it stood.
     */
    private void settle(Lease lease, Exception failure) {
        Thread.interrupted();
        if (signal.stopped()) {
            return;
        }
        try {
            decide(lease, failure);
        } catch (Jobs.LeaseLost lost) {
            log.info("Stopped working on document {}: deleted, or taken over", lease.documentId());
        } catch (RuntimeException unreachable) {
            log.warn(
                    "The outcome for document {} could not be kept; its lease will run out",
                    lease.documentId(),
                    unreachable);
        }
    }

    private void decide(Lease lease, Exception failure) {
        switch (failure) {
            case Jobs.LeaseLost lost -> throw lost;
            case ParseFailure unreadable
                    when unreadable.retriable() && lease.failures() + 1 < MOST_CRASHES ->
                    retry(lease, unreadable);
            case ParseFailure unreadable ->
                    fail(
                            lease,
                            unreadable.code().name().toLowerCase(Locale.ROOT),
                            unreadable.detail());
            case Failure neighbour
                    when neighbour.kind().retriable() && lease.age().compareTo(PATIENCE) < 0 ->
                    retry(lease, neighbour);
            case Failure neighbour -> fail(lease, neighbour.code(), neighbour.detail());
            default -> settleDefect(lease, failure);
        }
    }

    private void settleDefect(Lease lease, Exception defect) {
        log.error("Document {} failed for an unforeseen reason", lease.documentId(), defect);
        if (lease.failures() + 1 < MOST_DEFECTS) {
            retry(lease, defect);
        } else {
            fail(
                    lease,
                    "internal",
                    "The server could not process this file. Tell whoever runs it the document's id.");
        }
    }

    private void fail(Lease lease, String code, String detail) {
        log.info("Document {} version {} failed: {}", lease.documentId(), lease.version(), code);
        Counter.builder("ingestion.failures")
                .description("Document versions that failed, and why")
                .tag("code", code)
                .register(meters)
                .increment();
        jobs.fail(lease, code, detail);
    }

    /** 1, 2, 4 ... 60 seconds, each shortened at random by up to a half. */
    private void retry(Lease lease, Exception cause) {
        long seconds = Math.min(1L << Math.min(lease.failures(), 6), LONGEST_WAIT.toSeconds());
        Duration wait =
                Duration.ofMillis(
                        ThreadLocalRandom.current().nextLong(seconds * 500, seconds * 1000));
        log.info(
                "Document {} waits {} after failure {}: {}",
                lease.documentId(),
                wait,
                lease.failures() + 1,
                cause.getMessage());
        jobs.retryAfter(lease, wait);
    }
}
