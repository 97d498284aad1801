package io.fengsui.benchmarks.chaos.site;

import io.fengsui.benchmarks.chaos.lab.Lab;
import io.fengsui.benchmarks.chaos.lab.Outcome;
import io.fengsui.benchmarks.chaos.lab.Part;
import io.fengsui.benchmarks.chaos.lab.Waiting;
import io.fengsui.benchmarks.chaos.town.Town;
import io.fengsui.edge.decide.event.Slot;
import io.fengsui.edge.spool.Spool;
import io.fengsui.edge.spool.store.SpoolSettings;
import io.fengsui.fieldsim.proxy.Direction;
import io.fengsui.fieldsim.proxy.Fault;
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
import io.fengsui.protocol.value.Sha256;
import io.fengsui.runtime.TimeSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/**
 * What gathered while the hub was away goes out over 1 Mbit/s: events, and pictures whose events are urgent. Alarms are raised
 * meanwhile, one every two seconds, and each has to be at the hub within five.
 */
public final class Backlog implements Part {
    private static final long MEGABIT = 1_000_000 / 8;
    private static final int BATCH = 500;
    private static final int PICTURE = 1 << 20;
    private static final int BEGUN = 200;
    private static final double PROMISE_SECONDS = 5;
    private static final Duration BEGINNING = Duration.ofMinutes(3);

    @Override
    public String name() {
        return "backlog";
    }

    @Override
    public String promise() {
        return "G10";
    }

    @Override
    public Outcome run(Lab lab, Path folder, RandomGenerator random) throws Exception {
        int events = lab.plan().backlog();
        int pictures = lab.plan().mebibytes();
        fill(folder.resolve("edge-data"), events, pictures);
        try (Town town = new Town(lab, folder, List.of())) {
            town.hubLine().apply(Direction.UP, new Fault.Throttle(MEGABIT));
            town.hubLine().apply(Direction.DOWN, new Fault.Throttle(MEGABIT));
            town.start();
            Waiting.seconds("the backlog's beginning", BEGINNING, () -> acknowledged(town) > pictures + BEGUN);
            int alarms = events > 100_000 ? 120 : 15;
            List<Double> delays = new ArrayList<>();
            for (int i = 0; i < alarms; i++) {
                delays.add(town.freshAlarm());
                TimeUnit.SECONDS.sleep(2);
            }
            double most = Collections.max(delays);
            double sent = acknowledged(town);
            String complaint = "";
            if (most > PROMISE_SECONDS || Collections.min(delays) < 0) {
                complaint = "an alarm needed " + most + " s; ";
            } else if (sent >= events) {
                complaint = "the backlog was over before the alarms were; ";
            }
            town.hubLine().heal();
            return Outcome.of(promise(), name(), (long) events + pictures, town.judge("probe"), delays, complaint)
                    .noting("%,d events and %,d MiB of pictures waited, %,.0f of them sent meanwhile"
                            .formatted(events, pictures, sent));
        }
    }

    private static double acknowledged(Town town) throws IOException, InterruptedException {
        return town.agentWeb().metric("edge_uplink_acknowledged_records_total");
    }

    private static void fill(Path data, int events, int pictures) throws IOException {
        TimeSource time = TimeSource.system();
        Random random = new Random(1);
        try (Spool spool =
                Spool.open(new SpoolSettings(data, 2L << 30, Duration.ofDays(7), 64L << 20, 10_000, 8192), time)) {
            for (int i = 0; i < pictures; i++) {
                byte[] picture = new byte[PICTURE];
                random.nextBytes(picture);
                Sha256 hash = Sha256.hashOf(picture);
                Path file = data.resolve("evidence")
                        .resolve(hash.hex().substring(0, 2))
                        .resolve(hash.hex());
                Files.createDirectories(file.getParent());
                Files.write(file, picture);
                Evidence evidence = Evidence.pending(
                                new UUID(random.nextLong(), random.nextLong()), "image/jpeg", now(time))
                        .ready(hash, picture.length);
                append(spool, event(time, random, Lane.URGENT, List.of(evidence)), i, time);
            }
            for (int i = 0; i < events; i++) {
                append(spool, event(time, random, Lane.BULK, List.of()), i, time);
            }
            if (!spool.commit()) {
                throw new IOException("the spool cannot be filled");
            }
        }
    }

    private static void append(Spool spool, Event event, int number, TimeSource time) throws IOException {
        boolean isTaken = spool.append(new Slot(List.of(event), List.of(), List.of(), List.of(), time.steadyNanos()));
        if (!isTaken || number % BATCH == 0 && !spool.commit()) {
            throw new IOException("the spool cannot be filled");
        }
    }

    private static Moment now(TimeSource time) {
        return new Moment(time.wall(), ClockQuality.SYNCED, "chaos", time.steadyNanos());
    }

    private static Event event(TimeSource time, Random random, Lane lane, List<Evidence> evidence) {
        Moment now = now(time);
        return new Event(
                EventId.make(time.wall(), random),
                1,
                Phase.INSTANT,
                new EventKind("traffic.stopped"),
                lane == Lane.URGENT ? Severity.MAJOR : Severity.WARNING,
                lane,
                new Event.Origin("edge-1", "village", Source.sensor("counter"), "", Place.UNKNOWN),
                new Event.Times(now, now, Duration.ofHours(1)),
                Event.Cause.NONE,
                "counter",
                Map.of("filling", "x".repeat(100)),
                List.of(),
                evidence,
                List.of(),
                Event.Marks.NONE);
    }
}
