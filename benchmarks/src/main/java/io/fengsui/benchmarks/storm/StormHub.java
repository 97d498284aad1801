package io.fengsui.benchmarks.storm;

import com.sun.net.httpserver.HttpServer;
import io.fengsui.benchmarks.HubFile;
import io.fengsui.hub.app.Hub;
import io.fengsui.hub.config.HubSettings;
import io.fengsui.hub.shard.input.OperatorCommand;
import io.fengsui.protocol.Event;
import io.fengsui.protocol.EventId;
import io.fengsui.protocol.EventKind;
import io.fengsui.protocol.Lane;
import io.fengsui.protocol.Phase;
import io.fengsui.protocol.Severity;
import io.fengsui.protocol.value.ClockQuality;
import io.fengsui.protocol.value.Moment;
import io.fengsui.protocol.value.Name;
import io.fengsui.protocol.value.Place;
import io.fengsui.protocol.wire.WireRecords;
import io.fengsui.runtime.ManualTimeSource;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;

/** A whole hub with a clock of its own, two people who are told, and what it made of a day. */
final class StormHub implements AutoCloseable {
    private static final String EDGE = "edge-1";
    private static final Instant MORNING = Instant.parse("2026-11-23T00:00:00Z");
    private static final Duration STEP = Duration.ofSeconds(10);
    private static final int SETTLE_EVERY = 500;
    static final int PEOPLE = 2;

    private final ManualTimeSource time = new ManualTimeSource(MORNING);
    private final SplittableRandom random = new SplittableRandom(1);
    private final Map<String, Event> open = new HashMap<>();
    private final Map<String, String> truths = new HashMap<>();
    private final HttpServer receiver;
    private final Hub hub;
    private Instant ticked = MORNING;
    private int since;

    StormHub(Path project, Path folder, boolean isCorrelated) throws IOException {
        receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        receiver.createContext("/", exchange -> {
            exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        receiver.start();
        hub = Hub.start(settings(project, folder, isCorrelated), time, List.of());
    }

    private HubSettings settings(Path project, Path folder, boolean isCorrelated) throws IOException {
        Files.writeString(folder.resolve("notifications.yaml"), """
                channels:
                  - {id: hook, webhook: {url: "http://127.0.0.1:%d/"}}
                contacts:
                  - id: dispatcher
                    channels: [hook]
                    on: [opened, severity-raised]
                    limit: {most: 12, within: 1h}
                    group: {by: [category], wait: 30s, interval: 5m}
                  - id: chief
                    channels: [hook]
                    on: [opened]
                    min-severity: critical
                    limit: {most: 6, within: 1h}
                """.formatted(
                        receiver.getAddress().getPort()));
        StringBuilder cameras = new StringBuilder();
        for (int i = 0; i < 40; i++) {
            cameras.append(i == 0 ? "" : ", ").append("cam-").append(i);
        }
        Files.writeString(folder.resolve("correlation.yaml"), """
                same-thing:
                  - {kinds: [safety.crowd], metres: 250, within: 1h}
                cause: {kinds: [health.camera.offline], wait: 30s, hangs-on: {switch-7: [%s]}}
                flapping:
                  - {kinds: [water.level.*], times: 2, within: 6h}
                storms:
                  - {kinds: [safety.*], level: grid, most: 5, within: 1h}
                """.formatted(cameras));
        Path reference = project.resolve("config");
        Path file = Files.writeString(
                folder.resolve("central-hub.yaml"),
                """
                tickets:
                  policy: %1$s/ticket-policy.yaml
                  workflows: [%1$s/workflows/nine-step.yaml]
                  notifications: notifications.yaml
                """.formatted(reference) + (isCorrelated ? "  correlation: correlation.yaml\n" : ""));
        return HubFile.read(file, HubSettings.Storage.in(folder.resolve("data")));
    }

    /** Lets a day happen. */
    void live(StormDay day) {
        for (StormDay.Told told : day.told()) {
            goOn(MORNING.plus(told.at()));
            Event event = switch (told.sign()) {
                case BEGINS -> begun(told);
                case ENDS ->
                    Objects.requireNonNull(open.get(told.key()), told.key())
                            .next(Phase.ENDED, Severity.MAJOR, now(), Map.of(), List.of());
            };
            open.put(told.key(), event);
            truths.put(event.id().toString(), told.truth());
            while (!hub.shards().appendVolatile(EDGE, WireRecords.encode(event))) {
                settle();
            }
            since++;
            if (since >= SETTLE_EVERY) {
                settle();
            }
        }
        goOn(MORNING.plus(Duration.ofMinutes((long) (day.hours() * 60))));
        settle();
    }

    private Event begun(StormDay.Told told) {
        StormDay.Where where = told.where();
        Place place = new Place(Name.NONE, where.grid(), new Place.Position(where.longitude(), where.latitude()));
        return new Event(
                EventId.make(time.wall(), random),
                1,
                Phase.BEGUN,
                new EventKind(told.kind()),
                Severity.MAJOR,
                Lane.URGENT,
                new Event.Origin(EDGE, "site-1", where.source(), "", place),
                new Event.Times(now(), now(), Duration.ofHours(1)),
                Event.Cause.NONE,
                told.key(),
                Map.of(),
                List.of(),
                List.of(),
                List.of(),
                Event.Marks.NONE);
    }

    private Moment now() {
        return new Moment(time.wall(), ClockQuality.SYNCED, "boot-1", time.steadyNanos());
    }

    private void goOn(Instant to) {
        while (ticked.plus(STEP).isBefore(to)) {
            ticked = ticked.plus(STEP);
            if (ticked.isAfter(time.wall())) {
                time.advance(Duration.between(time.wall(), ticked));
            }
            settle();
            hub.tick();
            settle();
        }
        if (to.isAfter(time.wall())) {
            time.advance(Duration.between(time.wall(), to));
        }
    }

    /** The writer has done what was given to it. */
    private void settle() {
        since = 0;
        hub.shard()
                .ring()
                .submit(new OperatorCommand("none", "settle", "", "bench", -1))
                .join();
    }

    /**
     * What became of a day.
     *
     * @param missed true happenings without any ticket
     * @param lost events that the database does not have
     */
    record Found(int truths, int tickets, int missed, int events, int lost, int messages) {}

    Found found() {
        Map<String, String> ticketOf = new HashMap<>();
        hub.database()
                .reader()
                .useHandle(handle -> handle.createQuery("""
                        SELECT e.event_id, i.ticket_id FROM event e JOIN incident i ON i.id = e.incident_id""")
                        .map((rs, context) -> {
                            String ticket = rs.getString("ticket_id");
                            return Map.entry(rs.getString("event_id"), ticket == null ? "" : ticket);
                        })
                        .forEach(row -> ticketOf.put(row.getKey(), row.getValue())));
        Map<String, Set<String>> tickets = new HashMap<>();
        int lost = 0;
        for (Map.Entry<String, String> one : truths.entrySet()) {
            Set<String> ofTruth = tickets.computeIfAbsent(one.getValue(), truth -> new HashSet<>());
            String ticket = ticketOf.get(one.getKey());
            if (ticket == null) {
                lost++;
            } else if (!ticket.isEmpty()) {
                ofTruth.add(ticket);
            }
        }
        return new Found(
                tickets.size(),
                tickets.values().stream().mapToInt(Set::size).sum(),
                (int) tickets.values().stream().filter(Set::isEmpty).count(),
                truths.size(),
                lost,
                messages());
    }

    private int messages() {
        return hub.database()
                .reader()
                .withHandle(handle -> handle.createQuery("SELECT COUNT(*) FROM outbox WHERE due_at <= :now")
                        .bind("now", time.wall().toEpochMilli())
                        .mapTo(Integer.class)
                        .one());
    }

    @Override
    public void close() {
        hub.close();
        receiver.stop(0);
    }
}
