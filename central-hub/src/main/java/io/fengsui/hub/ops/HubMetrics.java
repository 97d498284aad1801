package io.fengsui.hub.ops;

import io.fengsui.hub.access.user.Reach;
import io.fengsui.hub.console.ChangeFeed;
import io.fengsui.hub.console.Console;
import io.fengsui.hub.store.query.FleetQueries;
import io.fengsui.hub.store.query.HubQueries;
import io.fengsui.hub.store.query.TicketCounts;
import io.fengsui.runtime.TimeSource;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.core.metrics.Info;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The hub's meters. What rows tell (tickets, edges, cameras) is read when scraped, at most every {@link #FRESH}; what
 * happens is counted as it is committed. Thread-safe.
 */
public final class HubMetrics implements ChangeFeed.Observer {
    private static final int MOST_KINDS = 64;
    private static final Duration FRESH = Duration.ofSeconds(10);
    private static final Logger LOG = LoggerFactory.getLogger(HubMetrics.class);

    private record Slot(String kind, String state) {}

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final BoundedKinds kinds = new BoundedKinds(MOST_KINDS);
    private final HubQueries queries;
    private final TimeSource time;
    private final MultiGauge tickets;
    private final Timer commits;
    private volatile FleetQueries.Totals fleet = new FleetQueries.Totals(0, 0, 0, 0, 0);
    private volatile double handovers = Double.NaN;
    private volatile double clockOffsetSeconds;
    private long readAtNanos;
    private boolean wasRead;

    public HubMetrics(HubQueries queries, TimeSource time) {
        this.queries = queries;
        this.time = time;
        tickets = MultiGauge.builder("hub.tickets")
                .description("Tickets by kind and state")
                .register(registry);
        commits = Timer.builder("hub.commit")
                .description("Time of one transaction of a shard's writer")
                .serviceLevelObjectives(
                        Duration.ofMillis(2),
                        Duration.ofMillis(5),
                        Duration.ofMillis(10),
                        Duration.ofMillis(50),
                        Duration.ofMillis(250),
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(5))
                .register(registry);
        gauge("hub.edges", "Edges that were ever seen", () -> fleet.edges());
        gauge("hub.edges.connected", "Edges with an open connection", () -> fleet.edgesConnected());
        gauge(
                "hub.edges.clock.offset.seconds",
                "Most by which the clock of a connected edge differs from the hub's",
                () -> clockOffsetSeconds);
        gauge("hub.cameras", "Cameras in the inventories of all edges", () -> fleet.cameras());
        gauge("hub.cameras.offline", "Cameras with an open offline event", () -> fleet.camerasOffline());
        gauge("hub.cameras.blind", "Cameras that are not offline and that nobody looks at", () -> fleet.camerasBlind());
        gauge(
                "hub.handovers",
                "What edges' writers handed over to the writer of tickets, and waits for it",
                () -> handovers);
    }

    /** Who this is, as a constant 1. */
    public void buildInfo(String version, String commit) {
        // An Info and not a gauge: the client library takes "_info" away from a gauge's name.
        Info.builder()
                .name("build_info")
                .help("Version of the program; always 1")
                .labelNames("version", "commit", "java")
                .register(registry.getPrometheusRegistry())
                .setLabelValues(version, commit, Runtime.version().toString());
    }

    public void watch(Console console) {
        console.feed().observe(this);
        gauge("hub.sse.clients", "Open event streams", () -> console.stream().clients());
        counter("hub.sse.cuts", "Event streams cut because their client read too slowly", console.stream()::cuts);
    }

    /** A value that rises and falls, read when scraped. */
    public void gauge(String name, String description, DoubleSupplier value, String... tags) {
        Gauge.builder(name, value::getAsDouble)
                .description(description)
                .tags(tags)
                .strongReference(true)
                .register(registry);
    }

    /** A count that only rises, read when scraped. */
    public void counter(String name, String description, LongSupplier value, String... tags) {
        // Not with the supplier as its object: the registry holds that weakly, and nobody else holds it at all.
        FunctionCounter.builder(name, this, metrics -> value.getAsLong())
                .description(description)
                .tags(tags)
                .register(registry);
    }

    /** One transaction of a shard's writer took this long. */
    public void committed(Duration took) {
        commits.record(took);
    }

    @Override
    public void added(String kind, long events) {
        Counter.builder("hub.events")
                .description("Events that were new, by kind")
                .tag("kind", kinds.label(kind))
                .register(registry)
                .increment((double) events);
    }

    /** Everything, in the format that the scraper asked for. Blocks. */
    String scrape(String format) {
        refresh();
        return registry.scrape(format);
    }

    private synchronized void refresh() {
        long now = time.steadyNanos();
        if (wasRead && now - readAtNanos < FRESH.toNanos()) {
            return;
        }
        try {
            fleet = queries.fleet().totals(Reach.EVERYWHERE);
            handovers = queries.changes().handovers();
            clockOffsetSeconds = queries.fleet().mostClockOffset() / 1_000.0;
            Map<Slot, Long> counts = new HashMap<>();
            for (TicketCounts.Count count : queries.counts().counts(Reach.EVERYWHERE)) {
                counts.merge(new Slot(kinds.label(count.kind()), count.state()), count.tickets(), Long::sum);
            }
            List<MultiGauge.Row<?>> rows = new ArrayList<>();
            counts.forEach((slot, count) ->
                    rows.add(MultiGauge.Row.of(Tags.of("kind", slot.kind(), "state", slot.state()), count)));
            tickets.register(rows, true);
            readAtNanos = now;
            wasRead = true;
        } catch (RuntimeException e) {
            LOG.warn("metrics of tickets and edges are old: their rows cannot be read", e);
        }
    }
}
