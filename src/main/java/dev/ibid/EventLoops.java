package dev.ibid;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.core.instrument.config.MeterFilter;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.micrometer.Label;
import io.vertx.micrometer.MetricsDomain;
import io.vertx.micrometer.MicrometerMetricsFactory;
import io.vertx.micrometer.MicrometerMetricsOptions;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Vert.x with its metrics: two event loops a core would only compete with the models' threads, so
 * there is one.
 */
final class EventLoops {

    private static final Logger log = LoggerFactory.getLogger(EventLoops.class);

    private EventLoops() {}

    static Vertx start(MeterRegistry meters) {
        // Prometheus' conventions have no room for these two, and nobody has asked for them.
        meters.config()
                .meterFilter(MeterFilter.denyNameStartsWith("process.cpu.time"))
                .meterFilter(MeterFilter.denyNameStartsWith("system.cpu.count"));
        List.of(
                        new JvmMemoryMetrics(),
                        new JvmThreadMetrics(),
                        new ProcessorMetrics(),
                        new FileDescriptorMetrics(),
                        new UptimeMetrics())
                .forEach(binder -> binder.bindTo(meters));
        bindGc(meters);
        Vertx vertx =
                Vertx.builder()
                        .with(
                                new VertxOptions()
                                        .setEventLoopPoolSize(
                                                Runtime.getRuntime().availableProcessors())
                                        .setPreferNativeTransport(true)
                                        .setMetricsOptions(metrics()))
                        .withMetrics(new MicrometerMetricsFactory(meters))
                        .build();
        log.debug("Native transport: {}", vertx.isNativeTransportEnabled());
        return vertx;
    }

    @SuppressWarnings("resource")
    private static void bindGc(MeterRegistry meters) {
        new JvmGcMetrics().bindTo(meters);
    }

    /** Names of event bus addresses and pools of one use would only be noise. */
    private static MicrometerMetricsOptions metrics() {
        Set<MetricsDomain> unwanted =
                EnumSet.of(
                        MetricsDomain.EVENT_BUS,
                        MetricsDomain.NAMED_POOLS,
                        MetricsDomain.DATAGRAM_SOCKET);
        MicrometerMetricsOptions options =
                new MicrometerMetricsOptions()
                        .setEnabled(true)
                        .setLabels(
                                EnumSet.of(Label.HTTP_METHOD, Label.HTTP_ROUTE, Label.HTTP_CODE));
        unwanted.stream()
                .map(MetricsDomain::toCategory)
                .collect(Collectors.toSet())
                .forEach(options::addDisabledMetricsCategory);
        return options;
    }
}
