package io.fengsui.hub.app;

import io.fengsui.hub.config.HubConfig;
import io.fengsui.hub.config.HubSettings;
import io.fengsui.hub.grid.unit.Router;
import io.fengsui.hub.intake.IntakeSettings;
import io.fengsui.hub.shard.Shard;
import io.fengsui.hub.shard.input.OperatorCommand;
import io.fengsui.protocol.Event;
import io.fengsui.protocol.EventId;
import io.fengsui.protocol.EventKind;
import io.fengsui.protocol.Evidence;
import io.fengsui.protocol.Lane;
import io.fengsui.protocol.Phase;
import io.fengsui.protocol.Severity;
import io.fengsui.protocol.Source;
import io.fengsui.protocol.value.ClockQuality;
import io.fengsui.protocol.value.Moment;
import io.fengsui.protocol.value.Place;
import io.fengsui.runtime.ManualTimeSource;
import io.fengsui.settings.Secret;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** A hub on a real port with a clock of its own, and events to send to it. */
final class TestTown implements AutoCloseable {
    static final Instant START = Instant.parse("2026-11-21T02:00:00Z");
    static final Path REFERENCE = Path.of("../config/central-hub.yaml");
    private static final Duration LONG = Duration.ofMinutes(10);

    final ManualTimeSource time = new ManualTimeSource(START);
    private final SplittableRandom random = new SplittableRandom(1);
    private final HubSettings settings;
    Hub hub;

    TestTown(Path data) {
        this(settings(data));
    }

    TestTown(HubSettings settings) {
        this.settings = settings;
        this.hub = start();
    }

    static HubSettings settings(Path data) {
        return settings(data, null, null, null);
    }

    /** With everything that an address which others can reach needs. */
    static HubSettings settings(
            Path data, HubSettings.@Nullable Tls tls, @Nullable Secret edgeToken, @Nullable Secret consoleToken) {
        HubConfig.Outcome outcome = HubConfig.check(REFERENCE, name -> null);
        HubSettings reference = outcome.settings();
        if (reference == null) {
            throw new AssertionError(outcome.problems().toString());
        }
        return new HubSettings(
                new HubSettings.Listen(InetAddress.getLoopbackAddress(), 0, tls),
                HubSettings.Storage.in(data),
                reference.zone(),
                new IntakeSettings(
                        Duration.ofSeconds(5), Duration.ofSeconds(30), IntakeSettings.WINDOW_BYTES, edgeToken),
                new HubSettings.Access(consoleToken, consoleToken == null),
                reference.tickets(),
                List.of(),
                Duration.ofSeconds(30),
                LONG);
    }

    /** With units that tickets go to. */
    static HubSettings routed(Path data, Router router) {
        HubSettings plain = settings(data);
        HubSettings.Tickets tickets = plain.tickets();
        return with(
                plain,
                new HubSettings.Tickets(
                        tickets.policy(), tickets.workflows(), tickets.window(), tickets.deadlines(), router));
    }

    static HubSettings with(HubSettings plain, HubSettings.Tickets tickets) {
        return new HubSettings(
                plain.listen(),
                plain.storage(),
                plain.zone(),
                plain.edges(),
                plain.access(),
                tickets,
                plain.grids(),
                plain.silence(),
                plain.drain());
    }

    private Hub start() {
        return Hub.start(settings, time, List.of());
    }

    void restart() {
        hub.close();
        hub = start();
    }

    /** The process dies with whatever it was doing, and is started again. */
    void killAndStart() {
        hub.abort();
        hub = start();
    }

    /** After the hub was aborted. */
    void restartKilled() {
        hub = start();
    }

    Event begun(String edge, String kind, String dedupKey) {
        return begun(edge, kind, dedupKey, Lane.URGENT);
    }

    Event begun(String edge, String kind, String dedupKey, Lane lane) {
        return begun(
                kind,
                dedupKey,
                lane,
                new Event.Origin(edge, "site-1", Source.camera("cam-1", "gate"), "", Place.UNKNOWN));
    }

    Event begun(String kind, String dedupKey, Lane lane, Event.Origin origin) {
        Moment now = new Moment(time.wall(), ClockQuality.SYNCED, "boot-1", time.steadyNanos());
        return new Event(
                EventId.make(time.wall(), random),
                1,
                Phase.BEGUN,
                new EventKind(kind),
                Severity.MAJOR,
                lane,
                origin,
                new Event.Times(now, now, Duration.ofMinutes(1)),
                Event.Cause.NONE,
                dedupKey,
                Map.of(),
                List.of(),
                List.of(),
                List.of(),
                Event.Marks.NONE);
    }

    Event becomes(Event event, Severity severity) {
        Moment now = new Moment(time.wall(), ClockQuality.SYNCED, "boot-1", time.steadyNanos());
        return event.next(Phase.UPDATED, severity, now, Map.of(), List.of());
    }

    Event ended(Event event) {
        Moment now = new Moment(time.wall(), ClockQuality.SYNCED, "boot-1", time.steadyNanos());
        return event.next(Phase.ENDED, event.severity(), now, Map.of(), List.of());
    }

    Event with(Event event, Evidence evidence) {
        return event.withEvidence(List.of(evidence), evidence.taken());
    }

    /** The writers have done what was given to them: first those of the edges, then the one of tickets. */
    void settle() {
        for (Shard shard : hub.shards().all().reversed()) {
            shard.ring()
                    .submit(new OperatorCommand("none", "settle", "", "test", -1))
                    .join();
            awaitHandovers();
        }
    }

    /** What was acknowledged has become tickets; gives up where the writer of tickets cannot write. */
    private void awaitHandovers() {
        for (int i = 0; i < 1_000; i++) {
            int waiting = hub.database()
                    .reader()
                    .withHandle(handle -> handle.createQuery("SELECT COUNT(*) FROM handover")
                            .mapTo(Integer.class)
                            .one());
            if (waiting == 0) {
                return;
            }
            LockSupport.parkNanos(5_000_000);
        }
    }

    <T> T one(Class<T> type, String sql) {
        awaitHandovers();
        return hub.database()
                .reader()
                .withHandle(handle -> handle.createQuery(sql).mapTo(type).one());
    }

    int count(String sql) {
        return one(Integer.class, sql);
    }

    List<Map<String, Object>> rows(String sql) {
        awaitHandovers();
        return hub.database()
                .reader()
                .withHandle(handle -> handle.createQuery(sql).mapToMap().list());
    }

    /** Asks the hub over REST, as whoever sits at its machine. */
    HttpResponse<String> call(String method, String path, String body) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + hub.port() + path))
                            .header("content-type", "application/json")
                            .method(method, HttpRequest.BodyPublishers.ofString(body))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        }
    }

    @Override
    public void close() {
        hub.close();
    }
}
