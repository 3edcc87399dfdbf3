package dev.ibid.status;

import dev.ibid.auth.Caller;
import dev.ibid.failure.Failure;
import dev.ibid.http.Exchange;
import dev.ibid.http.Operations;
import dev.ibid.http.Reply;
import dev.ibid.http.Routes;
import dev.ibid.status.Check.Finding;
import dev.ibid.status.Check.State;
import dev.ibid.threads.RequestThreads;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

final class StatusRoutes implements Routes {

    private static final String PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8";

    private final RequestThreads threads;
    private final Health health;
    private final PrometheusMeterRegistry meters;
    private final String version;

    StatusRoutes(
            RequestThreads threads, Health health, PrometheusMeterRegistry meters, String version) {
        this.threads = threads;
        this.health = health;
        this.meters = meters;
        this.version = version;
    }

    @Override
    public RequestThreads threads() {
        return threads;
    }

    @Override
    public void bind(Operations operations) {
        operations
                .on("getHealth", this::getHealth)
                .on("getHealthShort", this::getHealth)
                .on("getLive", this::getLive)
                .on("getReady", this::getReady)
                .on("getReadyShort", this::getReady)
                .on("getDetailed", this::getDetailed)
                .on("getMetrics", this::getMetrics);
    }

    private record HealthView(
            State status, Map<String, State> checks, String version, long uptimeSeconds) {}

    private record Detailed(
            State status,
            Map<String, Finding> checks,
            String version,
            long uptimeSeconds,
            Map<String, Object> process) {}

    private Reply getHealth(Exchange exchange) {
        Map<String, Finding> findings = health.look();
        Map<String, State> states = new TreeMap<>();
        findings.forEach((name, finding) -> states.put(name, finding.state()));
        State overall = health.overall(findings);
        return new Reply.Body(
                overall == State.DOWN ? 503 : 200,
                new HealthView(overall, states, version, uptimeSeconds()),
                Map.of());
    }

    private Reply getLive(Exchange exchange) {
        return Reply.ok(Map.of("status", "ok"));
    }

    private Reply getReady(Exchange exchange) {
        boolean ready = health.overall(health.look()) != State.DOWN;
        return new Reply.Body(
                ready ? 200 : 503, Map.of("status", ready ? "ready" : "not ready"), Map.of());
    }

    private Reply getDetailed(Exchange exchange) {
        boolean admin = exchange.optionalCaller().map(Caller::isAdmin).orElse(exchange.isLocal());
        if (!admin) {
            throw Failure.of(
                    Failure.Kind.FORBIDDEN, "admin_only", "Only an administrator may see this.");
        }
        Map<String, Finding> findings = health.look();
        return Reply.ok(
                new Detailed(
                        health.overall(findings), findings, version, uptimeSeconds(), process()));
    }

    private Reply getMetrics(Exchange exchange) {
        return new Reply.Text(200, PROMETHEUS, meters.scrape());
    }

    private static long uptimeSeconds() {
        return Duration.ofMillis(ManagementFactory.getRuntimeMXBean().getUptime()).toSeconds();
    }

    private static Map<String, Object> process() {
        Runtime runtime = Runtime.getRuntime();
        return Map.of(
                "pid", ProcessHandle.current().pid(),
                "java", Runtime.version().toString(),
                "processors", runtime.availableProcessors(),
                "heapUsedBytes", runtime.totalMemory() - runtime.freeMemory(),
                "heapMaxBytes", runtime.maxMemory());
    }
}
